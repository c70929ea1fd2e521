package io.patinox.memory.pool.internal;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The one background thread of a pool, or of all the pools of a keyed one: refreshes the coarse
/// clock, ends waits and tasks whose time is over, begins creations when a pause is over, and
/// sweeps objects and leases.
///
/// It is a platform thread, so that it runs even when every carrier of virtual threads is blocked.
/// It starts with the pool's first need and ends when the pool is closed. It runs no code of the
/// user but the ticker; whatever that throws is reported, and the next round begins.
final class Keeper implements Runnable {
    /// From which distance on a round is late: the machine was paused, or had no time for it.
    private static final long LATE_NANOS = 10 * CoarseClock.TICK_NANOS;

    /// How soon to look again for slots that became free unseen.
    static final long SETTLING_NANOS = 1_000_000L;

    private final Kept kept;
    private final long sweepNanos;
    private final Set<WatchedTask> watched = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Thread thread;
    private volatile boolean stopped;
    private volatile long wakeAtNanos;
    private long sweptAtNanos;
    private long roundAtNanos;

    /// When the newest round ended, by the system's clock: the ticker may be what hangs.
    private volatile long endedAtNanos;

    Keeper(Kept kept, long sweepNanos) {
        this.kept = kept;
        this.sweepNanos = sweepNanos;
    }

    void ensureStarted() {
        if (thread == null) {
            start();
        }
    }

    private void start() {
        lock.lock();
        try {
            if (thread == null && !stopped) {
                sweptAtNanos = kept.clock().refresh();
                roundAtNanos = sweptAtNanos;
                endedAtNanos = System.nanoTime();
                Thread started =
                        Thread.ofPlatform()
                                .name("patinox-pool-" + kept.name())
                                .daemon()
                                .unstarted(this);
                started.start();
                thread = started;
            }
        } finally {
            lock.unlock();
        }
    }

    void watch(WatchedTask task) {
        watched.add(task);
        ensureStarted();
    }

    /// Makes sure that a round begins within the given time, if that is before the next tick.
    void wakeIn(long nanos) {
        if (nanos < CoarseClock.TICK_NANOS) {
            wakeAtNanos = kept.clock().nanos() + nanos;
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void run() {
        while (!stopped) {
            long pause = CoarseClock.TICK_NANOS;
            try {
                pause = round();
            } catch (Throwable failure) {
                report(failure);
            }
            endedAtNanos = System.nanoTime();
            // An interrupt is nobody's right here, and would make the parking below a spin.
            Thread.interrupted();
            LockSupport.parkNanos(this, pause);
        }
    }

    /// {@return how long ago the newest round ended; 0 when there is no thread to make one}
    long idleNanos() {
        return thread == null || stopped ? 0 : Math.max(0, System.nanoTime() - endedAtNanos);
    }

    private void report(Throwable failure) {
        try {
            kept.reportCallback("keeper", failure);
        } catch (Throwable again) {
            // There is not even memory for the report; the thread must live on all the same.
            failure.addSuppressed(again);
        }
    }

    /// One round of upkeep.
    ///
    /// @return how long to pause until the next, in nanoseconds
    long round() {
        long now = kept.clock().refresh();
        long before = roundAtNanos;
        roundAtNanos = now;
        boolean isLate = now - before >= LATE_NANOS;
        // Who had no time to run has not used it up: a late round gives up no task. A wait that is
        // over is over, though.
        watched.removeIf(task -> isLate ? task.hasEnded() : task.endIfOver(now));
        if (isLate) {
            kept.late(before, now);
        }
        long pause = kept.tend(now);
        if (now - sweptAtNanos >= sweepNanos) {
            sweptAtNanos = now;
            kept.sweep(now);
        }
        long wakeIn = wakeAtNanos - now;
        return Math.max(
                wakeIn > 0 ? Math.min(pause, wakeIn) : pause, TimeUnit.MICROSECONDS.toNanos(100));
    }

    /// Ends the thread, and the tasks that still run.
    void stop() {
        lock.lock();
        try {
            stopped = true;
        } finally {
            lock.unlock();
        }
        abandonTasks();
        LockSupport.unpark(thread);
    }

    void abandonTasks() {
        for (WatchedTask task : watched) {
            task.abandon(true);
        }
        watched.clear();
    }
}
