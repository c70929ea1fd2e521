package io.patinox.memory.resource.internal;

import io.patinox.memory.error.CleanupTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// One cleanup on its way in the engine: its thread and its times.
///
/// A virtual thread is asked to run it. Should all carriers be busy or blocked in native code, the
/// watchdog sends a platform thread after it; whichever comes first begins it, and the deadline
/// counts from then. The times are guarded by the lock of the engine.
final class CleanupRun implements Runnable {
    /// The most that a cleanup gets after the interrupt at its deadline.
    static final long GRACE_MAX_NANOS = 1_000_000_000L;

    /// The most that it waits for a virtual thread to be given a carrier.
    static final long BEGIN_MAX_NANOS = 1_000_000_000L;

    final Tracked<?> tracked;
    boolean permit;

    private final CleanupEngine engine;
    private final boolean bounded;
    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile Thread thread;
    private volatile long deadlineNanos;
    private long latestDeadlineNanos = Long.MAX_VALUE;
    private long startedAt;
    private long deadlineAt;
    private long abandonAt;
    private boolean timed;
    private volatile boolean interrupted;
    private boolean rescued;

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
        this.bounded = !permit;
        this.thread =
                tracked.spec().platform()
                        ? Threads.daemon(threadName, this)
                        : Thread.ofVirtual().name(threadName).unstarted(this);
    }

    @Override
    public void run() {
        if (engine.begun(this)) {
            clean(tracked);
        }
    }

    private <T> void clean(Tracked<T> resource) {
        boolean _ = resource.begin(); // false if it was abandoned: it is cleaned up late
        T taken = resource.take(Thread.currentThread());
        RegistryCore core = resource.core();
        Throwable thrown = core.runTimed(resource, taken);
        try {
            settle(resource, taken, inOtherWords(thrown));
        } finally {
            engine.ended(this);
            resource.completeHere();
            propagate(thrown);
        }
    }

    /// An interrupt that came from the watchdog is a missed deadline.
    private @Nullable Throwable inOtherWords(@Nullable Throwable thrown) {
        if (!(interrupted() && thrown instanceof InterruptedException)) {
            return thrown;
        }
        try {
            var timeout = new CleanupTimeoutException(tracked.name(), deadline());
            timeout.addSuppressed(thrown);
            return timeout;
        } catch (OutOfMemoryError noWords) {
            return thrown;
        }
    }

    private <T> void settle(Tracked<T> resource, T taken, @Nullable Throwable thrown) {
        RegistryCore core = resource.core();
        int attempts = thrown == null ? 0 : core.attempted(resource, thrown);
        if (thrown != null && core.retry(resource, taken, thrown, attempts, this)) {
            return;
        }
        if (!core.settle(resource, thrown, attempts)) {
            resource.release();
            core.reports().endedLate();
        }
    }

    /// {@return how long the cleanup was allowed to take}
    Duration deadline() {
        return Duration.ofNanos(Math.max(0, deadlineNanos));
    }

    /// An Error is counted and reported like any failure, and then still reaches the handler of
    /// uncaught exceptions: it may concern more than this cleanup.
    private static void propagate(@Nullable Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
    }

    /// Takes the right to begin, or to see to it that nobody does.
    boolean takeBegin() {
        return begun.compareAndSet(false, true);
    }

    Thread thread() {
        return thread;
    }

    /// {@return whether its deadline holds for all attempts together: somebody waits for it}
    boolean bounded() {
        return bounded;
    }

    // times, under the lock of the engine

    /// {@return the nanoseconds until its deadline}
    long timeLeft(long now) {
        return deadlineAt - now;
    }

    /// {@return how long the cleanup may take}
    long deadlineNanos() {
        return deadlineNanos;
    }

    void startedAt(long now) {
        startedAt = now;
        deadlineAt = now + Math.min(deadlineNanos, BEGIN_MAX_NANOS);
    }

    void begunAt(long now) {
        thread = Thread.currentThread();
        timed = true;
        deadlineNanos = Math.min(deadlineNanos, latestDeadlineNanos - (now - startedAt));
        deadlineAt = now + deadlineNanos;
        // as long again as the deadline, since short deadlines are meant to be short altogether
        abandonAt = deadlineAt + Math.clamp(deadlineNanos, 0, GRACE_MAX_NANOS);
    }

    /// Brings the end nearer, for a registry whose budget to close runs out.
    void hurry(long latestDeadlineAt, long latestAbandonAt) {
        latestDeadlineNanos = latestDeadlineAt - startedAt;
        if (latestDeadlineAt - deadlineAt < 0) {
            long left = deadlineNanos - (deadlineAt - latestDeadlineAt);
            deadlineNanos = left;
            deadlineAt = latestDeadlineAt;
        }
        if (latestAbandonAt - abandonAt < 0) {
            abandonAt = latestAbandonAt;
        }
    }

    boolean isStarved(long now) {
        return !begun.get() && !rescued && now - deadlineAt >= 0;
    }

    /// A platform thread was sent after it.
    void markRescued() {
        rescued = true;
    }

    boolean isOverdue(long now) {
        return timed && now - deadlineAt >= 0;
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
}
