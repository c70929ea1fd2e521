package io.patinox.memory.resource.internal;

import io.patinox.memory.resource.LeakReport;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Those in this process who want to know of leaks in registries whose policy fails tests, and how
/// these are looked for.
public final class LeakWatches {
    private static final long STEP_MILLIS = 50;
    private static final long STEP_NANOS = STEP_MILLIS * 1_000_000;

    private static final List<Consumer<LeakReport>> WATCHES = new CopyOnWriteArrayList<>();
    private static final List<WeakReference<LeakReaper>> REAPERS = new CopyOnWriteArrayList<>();
    private static final AtomicLong FOUND = new AtomicLong();

    private LeakWatches() {}

    /// Begins to tell somebody.
    ///
    /// @param watch is told of each leak, on a thread of the registry; must not block
    public static void add(Consumer<LeakReport> watch) {
        WATCHES.add(watch);
    }

    /// Ends that.
    ///
    /// @param watch as added
    public static void remove(Consumer<LeakReport> watch) {
        WATCHES.remove(watch);
    }

    static boolean isWatched() {
        return !WATCHES.isEmpty();
    }

    /// A registry takes part, as long as its users or its resources keep it.
    static void join(LeakReaper reaper) {
        REAPERS.add(new WeakReference<>(reaper));
    }

    /// A registry has closed.
    static void leave(LeakReaper reaper) {
        REAPERS.removeIf(reference -> {
            LeakReaper other = reference.get();
            return other == null || other.equals(reaper);
        });
    }

    static void found(LeakReport report) {
        FOUND.incrementAndGet();
        WATCHES.forEach(watch -> watch.accept(report));
    }

    /*
     * Looking for leaks. The collector hands what it has found to one thread of the JVM, a batch
     * for each collection, and that thread puts it into queues in no known order. So a canary that
     * comes out of its queue proves that its collection has ended, and that all batches before it
     * are in their queues, but not that the rest of its own batch is. Hence two rounds at least:
     * the canary of the second stands behind the whole batch of the first. What is found may have
     * been all that kept other guards, so there are more rounds as long as they find something.
     *
     * Nothing is collected while there is nothing that could be lost; but a registry may be about
     * to tell of what it took last, so it is waited for.
     */

    /// Has the garbage collector run, and waits until what it found has been told of.
    ///
    /// @param patienceNanos when to begin no further round
    /// @throws InterruptedException if this thread is interrupted
    public static void collect(long patienceNanos) throws InterruptedException {
        long until = System.nanoTime() + patienceNanos;
        if (reapers().stream().anyMatch(LeakReaper::hasOpen)) {
            long before;
            int rounds = 0;
            do {
                before = FOUND.get();
                collectOnce(until);
                settle(until);
                rounds++;
            } while (rounds < 2 || (FOUND.get() != before && System.nanoTime() - until < 0));
        } else {
            settle(until);
        }
    }

    private static void collectOnce(long until) throws InterruptedException {
        ReferenceQueue<Object> queue = new ReferenceQueue<>();
        PhantomReference<Object> canary = new PhantomReference<>(new Object(), queue);
        boolean collected;
        do {
            System.gc();
            collected = canary.equals(queue.remove(STEP_MILLIS));
        } while (!collected && System.nanoTime() - until < 0);
    }

    /// Waits until what has been found so far has been told of: a step at least, since the
    /// collection itself may have taken all the time there was.
    private static void settle(long until) throws InterruptedException {
        for (LeakReaper reaper : reapers()) {
            long step = System.nanoTime() + STEP_NANOS;
            reaper.settle(step - until > 0 ? step : until);
        }
    }

    private static List<LeakReaper> reapers() {
        return REAPERS.stream().map(WeakReference::get).filter(Objects::nonNull).toList();
    }
}
