package io.patinox.memory.resource.internal;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Learns from the garbage collector which guards were lost, and hands their resources over.
///
/// One daemon platform thread a registry, started with the first resource. It runs no code of the
/// user, so it cannot be held up; and whatever goes wrong while it hands over (there may be no
/// memory left, which is when lost resources matter most) it keeps the resource and tries again.
final class LeakReaper {
    private static final long RETRY_NANOS = 100_000_000L;

    private final String threadName;
    private final Consumer<Tracked<?>> lost;
    private final Consumer<Throwable> failures;
    private final ReferenceQueue<Object> queue = new ReferenceQueue<>();
    private final Object lock = new Object();
    private volatile @Nullable Thread thread;
    private volatile boolean stopped;

    /// A reaper that is not started yet.
    ///
    /// @param lost is told of each lost resource, and again after it threw
    LeakReaper(String registry, Consumer<Tracked<?>> lost, Consumer<Throwable> failures) {
        this.threadName = "patinox-" + registry + "-leaks";
        this.lost = lost;
        this.failures = failures;
    }

    ReferenceQueue<Object> queue() {
        return queue;
    }

    void ensureStarted() {
        if (thread == null) {
            start();
        }
    }

    private void start() {
        synchronized (lock) {
            if (thread == null && !stopped) {
                thread = Threads.startDaemon(threadName, this::drain);
            }
        }
    }

    private void drain() {
        Tracked<?> pending = null;
        while (!stopped) {
            try {
                if (pending == null) {
                    Reference<?> found = queue.remove();
                    pending = (Tracked<?>) found;
                } else {
                    LockSupport.parkNanos(RETRY_NANOS);
                }
                lost.accept(pending);
                pending = null;
            } catch (InterruptedException e) {
                // stop() interrupts; anything else is no reason to end
            } catch (Throwable unexpected) {
                failures.accept(unexpected);
            }
        }
    }

    void stop() {
        Thread running;
        synchronized (lock) {
            stopped = true;
            running = thread;
        }
        if (running != null) {
            running.interrupt();
            Threads.join(running);
        }
    }
}
