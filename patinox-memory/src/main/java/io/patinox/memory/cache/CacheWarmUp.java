package io.patinox.memory.cache;

import io.patinox.memory.error.CacheClosedException;
import io.patinox.memory.error.Options;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// The filling of a cache in the background: from a snapshot, or from a list of keys that are
/// loaded.
///
/// {@snippet file="io/patinox/memory/examples/CacheInsightExamples.java" region="warm"}
///
/// *Threads.* All methods may be called from any thread. The work is done by a virtual thread,
/// which ends with it.
public final class CacheWarmUp {

    private static final int PORTION_MAX = 100;
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long LEAST_PAUSE_NANOS = 1_000_000;

    /// The work, and what it goes through.
    @FunctionalInterface
    interface Work {
        void run(CacheWarmUp progress) throws Exception;
    }

    private final long perSecond;
    private final long startNanos = System.nanoTime();
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final CompletableFuture<CacheWarmUp> end = new CompletableFuture<>();
    private final AtomicLong warmed = new AtomicLong();
    private final AtomicLong skipped = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile double progress;

    private CacheWarmUp(long perSecond) {
        this.perSecond = perSecond;
    }

    static CacheWarmUp start(String cache, long perSecond, Work work) {
        CacheWarmUp warmUp = new CacheWarmUp(perSecond);
        var _ =
                Thread.ofVirtual()
                        .name("patinox-cache-" + cache + "-warm")
                        .start(() -> warmUp.run(work));
        return warmUp;
    }

    /// Loads keys into a cache, those first that come first.
    ///
    /// @param cache the cache; what its loader throws is counted, and the rest is loaded all the
    ///   same
    /// @param keys the keys; copied
    /// @param perSecond how many keys a second at most, from 1; 0 for any number
    /// @param <K> the type of the keys
    /// @return the warm-up, which has begun
    public static <K> CacheWarmUp load(
            LoadingCache<K, ?> cache, Collection<? extends K> keys, long perSecond) {
        Options.required("cache", cache);
        List<K> all = new ArrayList<>(Options.required("keys", keys));
        Options.inRange("perSecond", perSecond, 0, SECOND_NANOS);
        int portion = perSecond == 0 ? PORTION_MAX : Math.clamp(perSecond / 10, 1, PORTION_MAX);
        return start(
                cache.name(),
                perSecond,
                progress -> {
                    for (int i = 0; i < all.size() && progress.pace(); i += portion) {
                        List<K> some = all.subList(i, Math.min(all.size(), i + portion));
                        progress.load(cache, some);
                        progress.reached((double) (i + some.size()) / all.size());
                    }
                });
    }

    private <K> void load(LoadingCache<K, ?> cache, List<K> keys) {
        try {
            int found = cache.getAll(keys).size();
            warmed.addAndGet(found);
            skipped.addAndGet(keys.size() - found);
        } catch (CacheClosedException e) {
            throw e;
        } catch (RuntimeException e) {
            failed.addAndGet(keys.size());
        }
    }

    private void run(Work work) {
        try {
            work.run(this);
            end.complete(this);
        } catch (Throwable e) {
            end.completeExceptionally(e);
        }
    }

    /// Waits until the next entry may come.
    ///
    /// @return whether to go on
    /// @throws InterruptedException never, as nobody else has the thread
    boolean pace() throws InterruptedException {
        return pace(perSecond);
    }

    boolean pace(long perSecond) throws InterruptedException {
        if (perSecond > 0) {
            long made = warmed.get() + skipped.get() + failed.get();
            long dueNanos = (long) ((double) made / perSecond * SECOND_NANOS);
            long early = dueNanos - (System.nanoTime() - startNanos);
            if (early > LEAST_PAUSE_NANOS) {
                return !cancelled.await(early, TimeUnit.NANOSECONDS);
            }
        }
        return cancelled.getCount() > 0;
    }

    void countWarmed() {
        warmed.incrementAndGet();
    }

    void countSkipped(long count) {
        skipped.addAndGet(count);
    }

    void countFailed(long count) {
        failed.addAndGet(count);
    }

    void reached(double share) {
        progress = share;
    }

    /// Returns how many entries were put in.
    ///
    /// @return from 0
    public long warmed() {
        return warmed.get();
    }

    /// Returns how many were left out: there already, expired, without a value, or beyond the bound
    /// of the cache.
    ///
    /// @return from 0
    public long skipped() {
        return skipped.get();
    }

    /// Returns how many could not be loaded, or not be read.
    ///
    /// @return from 0
    public long failed() {
        return failed.get();
    }

    /// Returns how far it is.
    ///
    /// @return from 0 to 1
    public double progress() {
        return progress;
    }

    /// Returns what completes when it has ended, also if that is because it was cancelled. It fails
    /// if the cache was closed, or the snapshot can't be read.
    ///
    /// @return a future that gives this warm-up; completing it does nothing to the work
    public CompletableFuture<CacheWarmUp> end() {
        return end.copy();
    }

    /// Ends it early. What is in the cache stays there. Idempotent.
    public void cancel() {
        cancelled.countDown();
    }
}
