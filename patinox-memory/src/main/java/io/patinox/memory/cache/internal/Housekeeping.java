package io.patinox.memory.cache.internal;

import java.lang.ref.WeakReference;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// What goes on in the background of all caches of the JVM whose entries end by time: one thread
/// that keeps the [CoarseTime], and starts a virtual thread for each cache that has something to
/// remove. It ends when there is no such cache any more.
///
/// A cache is not kept alive by it: one that is forgotten without having been closed is left out.
final class Housekeeping {
    /*
     * The thread itself runs no code of a user and takes no lock of a cache, so that nothing can
     * stop the clock. Whether a cache has something to remove it sees from a field.
     */

    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(4);
    private static final int TICKS_A_ROUND = 4;
    private static final int ROUNDS_A_SECOND = 64;

    private static final Object LOCK = new Object();
    private static final Queue<Housekeeping> ALL = new ConcurrentLinkedQueue<>();
    private static boolean running;

    private final WeakReference<BoundedCache<?, ?>> cache;
    private final AtomicBoolean atWork = new AtomicBoolean();
    private volatile boolean closed;
    private int rounds;

    private Housekeeping(BoundedCache<?, ?> cache) {
        this.cache = new WeakReference<>(cache);
    }

    /// Begins to keep a cache, if there is anything to do for it.
    static @Nullable Housekeeping of(BoundedCache<?, ?> cache) {
        boolean timed = cache.timed || cache.settings.loads().timed();
        if (!timed && !cache.settings.recordTimes() && cache.sampler == null) {
            return null;
        }
        Housekeeping keeping = new Housekeeping(cache);
        synchronized (LOCK) {
            ALL.add(keeping);
            CoarseTime.refresh();
            if (!running) {
                running = true;
                var _ =
                        Thread.ofPlatform()
                                .name("patinox-cache-clock")
                                .daemon(true)
                                .inheritInheritableThreadLocals(false)
                                .start(Housekeeping::run);
            }
        }
        return keeping;
    }

    private static void run() {
        for (int tick = 0; ; tick++) {
            CoarseTime.refresh();
            if (tick % TICKS_A_ROUND == 0 && !round()) {
                return;
            }
            LockSupport.parkNanos(TICK_NANOS);
        }
    }

    private static boolean round() {
        boolean _ = ALL.removeIf(keeping -> keeping.closed || keeping.cache.refersTo(null));
        for (Housekeeping keeping : ALL) {
            BoundedCache<?, ?> cache = keeping.cache.get();
            if (cache != null) {
                keeping.keep(cache);
            }
        }
        synchronized (LOCK) {
            running = !ALL.isEmpty();
            return running;
        }
    }

    private void keep(BoundedCache<?, ?> due) {
        try {
            CurveSampler sampler = due.sampler;
            if (sampler != null && ++rounds % ROUNDS_A_SECOND == 0) {
                sampler.tick(due.roomForEntries());
            }
            if (due.sweepDue() && atWork.compareAndSet(false, true)) {
                var _ =
                        Thread.ofVirtual()
                                .name("patinox-cache-" + due.settings.name() + "-sweep")
                                .start(() -> sweep(due));
            }
        } catch (Throwable e) {
            // a user's clock that throws, or no memory for a thread: the next round tries again
            atWork.set(false);
            due.troubles.add("sweep", e);
        }
    }

    private void sweep(BoundedCache<?, ?> due) {
        try {
            due.sweepAll();
        } catch (Throwable e) {
            due.reports.callbackFailed("sweep", e);
        } finally {
            atWork.set(false);
        }
    }

    void close() {
        closed = true;
    }
}
