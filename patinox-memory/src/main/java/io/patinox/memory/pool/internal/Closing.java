package io.patinox.memory.pool.internal;

import io.patinox.memory.pool.PoolCloseReport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/// The end of a pool: fails those who wait, waits for what is in use, destroys everything.
final class Closing {
    /// How long a slot may take to become free unseen: see `GatedSlots`.
    private static final long SETTLING_NANOS = 1_000_000L;

    private final Subject subject;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicBoolean custodyEnded = new AtomicBoolean();
    private final CompletableFuture<PoolCloseReport> report = new CompletableFuture<>();

    /// What is closed: a pool, or all the pools of a keyed one.
    interface Subject {
        String name();

        /// Creates nothing any more, fails those who wait, and retires what is idle.
        ///
        /// @return how many were failed
        int stop();

        /// Waits until there is no object left and none is being made.
        ///
        /// @return whether that came about in time
        boolean awaitDrained(long nanos) throws InterruptedException;

        /// Looks for what may have become idle unseen.
        void settle();

        /// {@return what destroys objects still}
        CompletableFuture<Void> pendingCleanups();

        /// {@return what is still lent, a line each}
        List<String> abandoned();

        boolean isEmpty();

        /// Takes the pool out of its monitor.
        void unregister();

        /// Ends what stays until the last object is gone.
        void end();
    }

    Closing(Subject subject) {
        this.subject = subject;
    }

    boolean hasBegun() {
        return begun.get();
    }

    /// Says that the pool is over, without any of what closing it takes: for one among others.
    void begin() {
        begun.set(true);
    }

    PoolCloseReport close(Duration timeout) {
        long begunAt = System.nanoTime();
        if (!begun.compareAndSet(false, true)) {
            return joinFirst(timeout);
        }
        PoolCloseReport result = null;
        try {
            result = drain(timeout, begunAt);
        } finally {
            // Whatever went wrong, nobody waits for ever for this close.
            report.complete(result == null ? provisional(timeout, false) : result);
            subject.unregister();
        }
        if (isOver()) {
            if (subject.pendingCleanups().isDone()) {
                subject.end();
            } else {
                // The time is over, the cleanups are not: each still gets its own deadline.
                endApart();
            }
        }
        if (result.interrupted()) {
            Thread.currentThread().interrupt();
        }
        return result;
    }

    private PoolCloseReport drain(Duration timeout, long begunAt) {
        int failed = subject.stop();
        long nanos = PoolSettings.nanos(timeout);
        boolean interrupted = false;
        try {
            if (!subject.awaitDrained(Math.min(nanos, SETTLING_NANOS))) {
                subject.settle();
                subject.awaitDrained(nanos - (System.nanoTime() - begunAt));
            }
            awaitCleanups(nanos - (System.nanoTime() - begunAt));
        } catch (InterruptedException e) {
            interrupted = true;
        }
        Duration elapsed = Duration.ofNanos(System.nanoTime() - begunAt);
        return new PoolCloseReport(
                subject.name(), elapsed, failed, subject.abandoned(), interrupted);
    }

    /// Called after each retired object. The last one of a pool that was closed before ends the
    /// custody, on a thread of its own: whoever brought it back must not wait for its cleanup.
    void objectRetired() {
        if (isOver()) {
            endApart();
        }
    }

    private void endApart() {
        try {
            Thread.ofVirtual()
                    .name("patinox-pool-" + subject.name() + "-close")
                    .start(subject::end);
        } catch (Throwable noThread) {
            subject.end();
        }
    }

    private boolean isOver() {
        return report.isDone() && subject.isEmpty() && custodyEnded.compareAndSet(false, true);
    }

    private PoolCloseReport joinFirst(Duration timeout) {
        boolean interrupted = false;
        try {
            return report.get(PoolSettings.nanos(timeout), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            interrupted = true;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a close report never fails", e);
        } catch (TimeoutException e) {
            // falls through: what there is to say now
        }
        return provisional(timeout, interrupted);
    }

    private PoolCloseReport provisional(Duration timeout, boolean interrupted) {
        return new PoolCloseReport(subject.name(), timeout, 0, subject.abandoned(), interrupted);
    }

    private void awaitCleanups(long nanos) throws InterruptedException {
        try {
            subject.pendingCleanups().get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // The registry counts and reports each cleanup that fails or is late.
        }
    }
}
