package io.patinox.memory.pool.internal;

import io.patinox.memory.internal.StripedCounter;
import io.patinox.memory.monitor.Histogram;
import io.patinox.memory.monitor.MetricsSnapshot;
import io.patinox.memory.pool.RetireReason;
import java.util.EnumMap;
import java.util.Map;

/// What a pool counts. Nothing here is touched by an acquire that finds an idle object: how often
/// objects were lent is counted in their slots, by whoever holds them.
final class PoolMeters {
    final StripedCounter timeouts = new StripedCounter();
    final StripedCounter cancelled = new StripedCounter();
    final StripedCounter refused = new StripedCounter();
    final StripedCounter unavailable = new StripedCounter();
    final StripedCounter nested = new StripedCounter();
    final StripedCounter donated = new StripedCounter();
    final StripedCounter waited = new StripedCounter();
    final StripedCounter keepalives = new StripedCounter();
    final StripedCounter createFailed = new StripedCounter();
    final StripedCounter createTimedOut = new StripedCounter();
    final StripedCounter createdTooLate = new StripedCounter();
    final Histogram wait = Histogram.nanos();
    final Histogram creation = Histogram.nanos();
    final Histogram validation = Histogram.nanos();

    /// For how long objects were held, of the leases that a tick of the coarse clock fell into.
    final Histogram usage = Histogram.nanos();

    final StripedCounter validationRefused = new StripedCounter();
    final StripedCounter validationThrew = new StripedCounter();
    final StripedCounter validationTimedOut = new StripedCounter();
    private final StripedCounter created = new StripedCounter();
    private final Map<RetireReason, StripedCounter> retired = new EnumMap<>(RetireReason.class);

    PoolMeters() {
        for (RetireReason reason : RetireReason.values()) {
            retired.put(reason, new StripedCounter());
        }
    }

    void created(long tookNanos) {
        created.increment();
        creation.record(tookNanos);
    }

    void retire(RetireReason reason) {
        count(reason).increment();
    }

    long retired(RetireReason reason) {
        return count(reason).sum();
    }

    private StripedCounter count(RetireReason reason) {
        StripedCounter counter = retired.get(reason);
        if (counter == null) {
            throw new IllegalStateException("no counter for " + reason);
        }
        return counter;
    }

    MetricsSnapshot snapshot(ObjectPool<?> pool) {
        return snapshot(pool.name(), PoolFigures.of(pool)).build();
    }

    MetricsSnapshot.Builder snapshot(String name, PoolFigures pool) {
        MetricsSnapshot.Builder builder =
                MetricsSnapshot.builder("pool", name)
                        .counter("pool.acquired", pool.uses())
                        .counter("pool.acquired.waited", waited.sum())
                        .counter("pool.timeouts", timeouts.sum())
                        .counter("pool.cancelled", cancelled.sum())
                        .counter("pool.unavailable", unavailable.sum())
                        .counter("pool.refused", refused.sum())
                        .counter("pool.nested", nested.sum())
                        .counter("pool.donated", donated.sum())
                        .counter("pool.created", created.sum())
                        .counter("pool.create.failed", createFailed.sum())
                        .counter("pool.create.timed-out", createTimedOut.sum())
                        .counter("pool.create.too-late", createdTooLate.sum())
                        .counter("pool.validate.refused", validationRefused.sum())
                        .counter("pool.validate.threw", validationThrew.sum())
                        .counter("pool.validate.timed-out", validationTimedOut.sum())
                        .counter("pool.keepalives", keepalives.sum())
                        .counter("pool.overtakings", pool.overtakings())
                        .gauge("pool.in-use", pool.inUse())
                        .gauge("pool.idle", pool.idle())
                        .gauge("pool.waiting", pool.waiting())
                        .gauge("pool.creating", pool.creating())
                        .gauge("pool.stray-creations", pool.strays())
                        .gauge("pool.destroying", pool.destroying())
                        .gauge("pool.size", pool.size())
                        .gauge("pool.min-size", pool.minSize())
                        .gauge("pool.max-size", pool.maxSize())
                        .gauge("pool.working-set", pool.workingSet())
                        .histogram("pool.wait", wait.snapshot())
                        .histogram("pool.usage", usage.snapshot())
                        .histogram("pool.create", creation.snapshot())
                        .histogram("pool.validate", validation.snapshot());
        for (RetireReason reason : RetireReason.values()) {
            builder.counter("pool.retired." + reason.label(), retired(reason));
        }
        return builder;
    }
}
