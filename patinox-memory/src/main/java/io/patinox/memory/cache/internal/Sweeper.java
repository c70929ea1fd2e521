package io.patinox.memory.cache.internal;

import java.lang.ref.WeakReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Removes what has expired from a cache in the background: one thread a cache, if its entries end
/// by time. The thread doesn't keep the cache alive: one that is forgotten without being closed
/// takes its thread with it.
final class Sweeper {

    // an entry leaves at most that long after its time
    private static final long TICK_NANOS = 20_000_000L;

    private volatile boolean closed;
    private @Nullable Thread thread;

    private Sweeper() {}

    static Sweeper of(BoundedCache<?, ?> cache) {
        Sweeper sweeper = new Sweeper();
        if (cache.timed) {
            sweeper.thread = sweeper.start(cache);
        }
        return sweeper;
    }

    private Thread start(BoundedCache<?, ?> cache) {
        WeakReference<BoundedCache<?, ?>> weak = new WeakReference<>(cache);
        CacheClock clock = cache.clock;
        return Thread.ofPlatform()
                .name("patinox-cache-" + cache.settings.name())
                .daemon(true)
                .start(() -> run(weak, clock));
    }

    private void run(WeakReference<BoundedCache<?, ?>> weak, CacheClock clock) {
        while (!closed && sweep(weak.get())) {
            LockSupport.parkNanos(TICK_NANOS);
        }
        clock.close();
    }

    private static boolean sweep(@Nullable BoundedCache<?, ?> cache) {
        if (cache == null) {
            return false;
        }
        cache.sweepAll();
        return true;
    }

    void close() {
        closed = true;
        Thread running = thread;
        if (running != null) {
            LockSupport.unpark(running);
        }
    }
}
