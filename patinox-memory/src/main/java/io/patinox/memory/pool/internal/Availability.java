package io.patinox.memory.pool.internal;

import io.patinox.memory.error.PoolUnavailableException;
import io.patinox.memory.monitor.MonitorEvent;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Knows whether the pool is in an outage: nothing is live, and creating has failed too often in a
/// row. If asked to, it refuses those who wait and those who come meanwhile.
final class Availability<C> {
    /*
     * An outage begins and ends under the population's lock, with the counts it depends on. What
     * follows is done after the lock: those in the queue are failed.
     *
     * Nobody is forgotten. Whoever queues looks at the outage after it has queued, and whoever
     * begins an outage sets the field before it goes through the queue: one of the two sees the
     * other. Nobody is failed by an outage that is over, either: the engine asks for the refusal
     * under its lock, and there is none once the field is cleared.
     */
    /// After how many failures an outage is told of if nobody asked to be refused.
    private static final int TOLD_AFTER = 3;

    private final ObjectPool<C> pool;
    private final boolean refusing;
    private final int threshold;
    private volatile @Nullable Outage outage;

    private record Outage(long sinceNanos, int attempts, Throwable failure) {}

    Availability(ObjectPool<C> pool, int failFastAfter) {
        this.pool = pool;
        refusing = failFastAfter > 0;
        threshold = refusing ? failFastAfter : TOLD_AFTER;
    }

    boolean isOut() {
        return outage != null;
    }

    boolean isRefusing() {
        return refusing && outage != null;
    }

    /// {@return how long the outage has lasted, or null if there is none}
    @Nullable Duration lasting() {
        Outage now = outage;
        return now == null
                ? null
                : Duration.ofNanos(Math.max(0, pool.clock().coarseNanos() - now.sinceNanos));
    }

    /// Judges anew. Called with the population's lock held.
    ///
    /// @return what is to be done when the lock is free
    Runnable judge(int live, int failures, @Nullable Throwable failure, boolean closed, long now) {
        Outage before = outage;
        if (failures >= threshold && live == 0 && failure != null && !closed) {
            if (before != null) {
                return Availability::doNothing;
            }
            Outage begun = new Outage(now, failures, failure);
            outage = begun;
            return () -> begin(begun);
        }
        outage = null;
        return before == null || closed ? Availability::doNothing : () -> end(before, now);
    }

    private static void doNothing() {}

    private void begin(Outage begun) {
        try {
            refuseWaiting();
        } finally {
            pool.publish(
                    new MonitorEvent.PoolUnavailable(
                            pool.name(), Instant.now(), begun.attempts, begun.failure, refusing));
        }
    }

    private void end(Outage ended, long now) {
        Duration after = Duration.ofNanos(Math.max(0, now - ended.sinceNanos));
        pool.publish(new MonitorEvent.PoolRecovered(pool.name(), Instant.now(), after));
    }

    /// Fails everybody who waits, if they are to be refused now.
    void refuseWaiting() {
        if (isRefusing()) {
            pool.engine().failWaiting(this::refusal);
        }
    }

    /// {@return what whoever asks now gets, or null if it may wait}
    @Nullable PoolUnavailableException refusal() {
        Outage now = outage;
        if (!refusing || now == null) {
            return null;
        }
        Throwable newest = pool.population().lastFailure();
        int attempts = Math.max(now.attempts, pool.population().failures());
        return new PoolUnavailableException(
                pool.name(), attempts, newest == null ? now.failure : newest);
    }

    /// {@return what a waiter gets whose wait was ended by [#refuseWaiting]: the same with a stack
    /// trace of its own}
    PoolUnavailableException refusalOf(PoolUnavailableException common) {
        pool.meters().unavailable.increment();
        Throwable cause = common.getCause();
        return new PoolUnavailableException(
                pool.name(), common.attempts(), cause == null ? common : cause);
    }
}
