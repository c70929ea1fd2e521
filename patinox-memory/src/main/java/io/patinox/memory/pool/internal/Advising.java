package io.patinox.memory.pool.internal;

import io.patinox.memory.monitor.Health;
import io.patinox.memory.monitor.MetricsSnapshot;
import io.patinox.memory.pool.PoolAdvice;
import io.patinox.memory.pool.PoolAdvice.Verdict;
import io.patinox.memory.pool.PoolAdvisor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Keeps what the pool's metrics were in the last minutes, for advice on its size. The keeper adds
/// a sample a minute; anybody may ask.
final class Advising {
    static final String TOO_SMALL = "POOL-TOO-SMALL";
    private static final long EVERY_NANOS = 60_000_000_000L;
    private static final long SHORTEST_NANOS = 10_000_000_000L;
    private static final int KEPT = 5;
    private static final double GROWS = 1.2;

    private final ObjectPool<?> pool;
    private final ReentrantLock lock = new ReentrantLock();

    /// Never empty once the pool is open.
    private final List<Sample> samples = new CopyOnWriteArrayList<>();

    private record Sample(long atNanos, MetricsSnapshot metrics) {}

    Advising(ObjectPool<?> pool) {
        this.pool = pool;
    }

    /// Takes the first sample, when the pool opens.
    void begin() {
        samples.add(sample(null));
    }

    /// Takes a sample if it is time for one. Called by the keeper.
    void tick(long now) {
        Sample newest = samples.getLast();
        if (now - newest.atNanos >= EVERY_NANOS) {
            samples.add(sample(newest));
            if (samples.size() > KEPT) {
                samples.removeFirst();
            }
        }
    }

    /// Begins anew: while a pool is suspended its figures say nothing about its size.
    @SuppressWarnings("ReferenceEquality") // an older sample may have the same figures
    void forget() {
        lock.lock();
        try {
            Sample fresh = sample(null);
            samples.add(fresh);
            samples.removeIf(other -> other != fresh);
        } finally {
            lock.unlock();
        }
    }

    private Sample sample(@Nullable Sample before) {
        long now = pool.clock().coarseNanos();
        MetricsSnapshot metrics = pool.metrics();
        // A pool that nobody uses need not hold the same figures five times.
        return before != null && isSame(before.metrics, metrics)
                ? new Sample(now, before.metrics)
                : new Sample(now, metrics);
    }

    private static boolean isSame(MetricsSnapshot one, MetricsSnapshot other) {
        return one.counters().equals(other.counters()) && one.gauges().equals(other.gauges());
    }

    /// {@return advice on the last minutes, at most five, or since the pool was opened}
    PoolAdvice advice() {
        return between(samples.getFirst(), sample(null));
    }

    /// {@return why the pool is degraded: it is too small, and gets no better; or null}
    Health.@Nullable Reason complaint() {
        List<Sample> kept = List.copyOf(samples);
        Sample now = sample(null);
        boolean young = now.atNanos - kept.getFirst().atNanos < SHORTEST_NANOS;
        if (young || between(kept.getFirst(), now).verdict() != Verdict.TOO_SMALL) {
            return null;
        }
        int recently = kept.size() - 1;
        while (recently > 0 && now.atNanos - kept.get(recently).atNanos < SHORTEST_NANOS) {
            recently--;
        }
        PoolAdvice recent = between(kept.get(recently), now);
        // In the first minute there is no before: a queue as long as the pool is large is then
        // too much.
        double before =
                recently == 0
                        ? pool.maxSize()
                        : between(kept.getFirst(), kept.get(recently)).load().meanWaiting();
        boolean grows = recent.load().refused() > 0 || recent.load().meanWaiting() > GROWS * before;
        return recent.verdict() == Verdict.TOO_SMALL && grows
                ? new Health.Reason(TOO_SMALL, recent.sentence())
                : null;
    }

    private static PoolAdvice between(Sample earlier, Sample later) {
        long window = Math.max(1_000_000, later.atNanos - earlier.atNanos);
        return PoolAdvisor.advise(earlier.metrics, later.metrics, Duration.ofNanos(window));
    }
}
