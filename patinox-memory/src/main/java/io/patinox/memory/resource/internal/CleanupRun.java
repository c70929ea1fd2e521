package io.patinox.memory.resource.internal;

import org.jspecify.annotations.Nullable;

/// One cleanup on its way in the engine: its thread and its times.
///
/// The fields that change are guarded by the lock of the engine.
final class CleanupRun implements Runnable {
    /// The most that a cleanup gets after the interrupt at its deadline.
    static final long GRACE_MAX_NANOS = 1_000_000_000L;

    final Tracked<?> tracked;
    final Thread thread;
    private final CleanupEngine engine;
    private long deadlineNanos;
    private long deadlineAt;
    private long abandonAt;
    private boolean interrupted;
    boolean permit;

    CleanupRun(
            CleanupEngine engine,
            Tracked<?> tracked,
            String threadName,
            long deadlineNanos,
            boolean permit) {
        this.engine = engine;
        this.tracked = tracked;
        this.deadlineNanos = deadlineNanos;
        this.permit = permit;
        this.thread = Thread.ofVirtual().name(threadName).unstarted(this);
    }

    void startsAt(long now) {
        deadlineAt = now + deadlineNanos;
        // as long again as the deadline, since short deadlines are meant to be short altogether
        abandonAt = deadlineAt + Math.min(deadlineNanos, GRACE_MAX_NANOS);
    }

    /// Brings the end nearer, for a registry whose budget to close runs out.
    void hurry(long latestDeadlineAt, long latestAbandonAt) {
        if (latestDeadlineAt - deadlineAt < 0) {
            deadlineNanos -= deadlineAt - latestDeadlineAt;
            deadlineAt = latestDeadlineAt;
        }
        if (latestAbandonAt - abandonAt < 0) {
            abandonAt = latestAbandonAt;
        }
    }

    /// {@return how long the cleanup may take}
    long deadlineNanos() {
        return deadlineNanos;
    }

    boolean isOverdue(long now) {
        return now - deadlineAt >= 0;
    }

    boolean isExpired(long now) {
        return interrupted && now - abandonAt >= 0;
    }

    boolean interrupted() {
        return interrupted;
    }

    void markInterrupted() {
        interrupted = true;
    }

    /// {@return the nanoseconds until the watchdog must look again}
    long untilNextAlarm(long now) {
        return (interrupted ? abandonAt : deadlineAt) - now;
    }

    @Override
    public void run() {
        Throwable thrown = tracked.core().run(tracked);
        try {
            engine.ended(this, thrown);
        } finally {
            propagate(thrown);
        }
    }

    /// An Error is counted and reported like any failure, and then still reaches the handler of
    /// uncaught exceptions: it may concern more than this cleanup.
    private static void propagate(@Nullable Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
    }
}
