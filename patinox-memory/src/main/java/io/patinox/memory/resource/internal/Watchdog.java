package io.patinox.memory.resource.internal;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A platform thread that goes on patrol at the times it is told, and sleeps in between.
///
/// A platform thread, because virtual threads share a few carriers, and a few cleanups blocked in
/// native code can hold all of those.
final class Watchdog {
    private static final long IDLE_NANOS = Long.MAX_VALUE >> 1;
    private static final long RETRY_NANOS = 100_000_000L;

    private final String threadName;
    private final Runnable patrol;
    private final Consumer<Throwable> failures;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition alarm = lock.newCondition();
    private @Nullable Thread thread;
    private long wakeAt;
    private boolean stopped;

    /// A watchdog that is not started yet.
    Watchdog(String threadName, Runnable patrol, Consumer<Throwable> failures) {
        this.threadName = threadName;
        this.patrol = patrol;
        this.failures = failures;
    }

    void ensureStarted() {
        Locks.lockInside(lock);
        try {
            if (thread == null && !stopped) {
                wakeAt = System.nanoTime() + IDLE_NANOS;
                thread = Threads.startDaemon(threadName, this::watch);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Sees to it that the next patrol is not later than this.
    void wakeBy(long at) {
        Locks.lockInside(lock);
        try {
            if (at - wakeAt < 0) {
                wakeAt = at;
                alarm.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void watch() {
        while (sleep()) {
            try {
                patrol.run();
            } catch (Throwable unexpected) {
                wakeBy(System.nanoTime() + RETRY_NANOS);
                failures.accept(unexpected);
            }
        }
    }

    /// {@return true when it is time for a patrol, false when it is time to end}
    private boolean sleep() {
        Locks.lockInside(lock);
        try {
            while (!stopped) {
                long now = System.nanoTime();
                if (wakeAt - now <= 0) {
                    // the patrol says when the next one is
                    wakeAt = now + IDLE_NANOS;
                    return true;
                }
                try {
                    alarm.awaitNanos(wakeAt - now);
                } catch (InterruptedException e) {
                    // only stop() ends it
                }
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    void stop() {
        Thread running;
        Locks.lockInside(lock);
        try {
            stopped = true;
            running = thread;
            alarm.signalAll();
        } finally {
            lock.unlock();
        }
        Threads.join(running);
    }
}
