package io.patinox.memory.cache.internal;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A copy of the system's clock that a hit can afford to read. One thread refreshes it for all
/// caches of the JVM, as long as there is one that needs it.
final class CoarseTime implements CacheClock {

    static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

    private static final Object LOCK = new Object();
    private static int users;
    private static @Nullable Thread thread;
    private static volatile long coarse = System.nanoTime();

    private boolean closed;

    private CoarseTime() {}

    static CoarseTime open() {
        synchronized (LOCK) {
            users++;
            coarse = System.nanoTime();
            if (thread == null) {
                thread =
                        Thread.ofPlatform()
                                .name("patinox-cache-clock")
                                .daemon(true)
                                .start(CoarseTime::run);
            }
            return new CoarseTime();
        }
    }

    private static void run() {
        while (true) {
            coarse = System.nanoTime();
            LockSupport.parkNanos(TICK_NANOS);
            synchronized (LOCK) {
                if (users == 0) {
                    thread = null;
                    return;
                }
            }
        }
    }

    @Override
    public long nanos() {
        return coarse;
    }

    @Override
    public void close() {
        synchronized (LOCK) {
            if (!closed) {
                closed = true;
                users--;
            }
        }
    }
}
