package io.patinox.benchmarks.resource;

import io.patinox.benchmarks.door.Effort;
import io.patinox.benchmarks.door.HarnessRegime.Harness;
import io.patinox.benchmarks.door.Metric;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/// What it costs those who acquire and close that somebody walks over all that is open: the same
/// thread, alone and beside the walks in turn, in one JVM.
///
/// It is the thread that acquired all the others too, so that what is striped by thread has no
/// chance to keep it away from the walk.
///
/// @param resources how many are alive beside those that come and go
record Walked(int resources) implements Harness {

    static final Metric ALONE = Metric.mean("alone", "op/s");
    static final Metric BESIDE = Metric.mean("walked", "op/s");
    static final Metric KEPT = Metric.mean("kept", "%");
    static final Metric P99_ALONE = Metric.mean("p99 alone", "us");
    static final Metric P99_BESIDE = Metric.mean("p99 walked", "us");
    static final Metric WORST_ALONE = Metric.largest("worst alone", "ms");
    static final Metric WORST_BESIDE = Metric.largest("worst walked", "ms");
    static final Metric WALKS = Metric.mean("walks", "1/s");
    static final Metric UNSEEN = Metric.largest("unseen", "");

    static final List<Metric> METRICS =
            List.of(
                    ALONE,
                    BESIDE,
                    KEPT,
                    P99_ALONE,
                    P99_BESIDE,
                    WORST_ALONE,
                    WORST_BESIDE,
                    WALKS,
                    UNSEEN);

    private static final int ROUNDS = 2;

    /// Alone and beside, counted and timed.
    private static final int STRETCHES = 4;

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double PERCENT = 100;

    @Override
    public Map<Metric, Double> measure(String implementation, Effort effort) throws Exception {
        try (Contestant contestant = Contestant.of(implementation, PlainResource::new)) {
            return measure(contestant, effort);
        }
    }

    /// Measures somebody who is already set up.
    ///
    /// @param contestant who can be walked
    /// @param effort how long
    /// @return a number for every metric
    Map<Metric, Double> measure(Contestant contestant, Effort effort) throws Exception {
        AutoCloseable[] held = new AutoCloseable[resources];
        for (int i = 0; i < resources; i++) {
            held[i] = contestant.acquire();
        }
        pass(contestant, new Lives(contestant), new Lives(contestant), effort.warmup());
        Lives alone = new Lives(contestant);
        Lives beside = new Lives(contestant);
        Walks walks = new Walks(0, 0, Long.MAX_VALUE);
        for (int i = 0; i < ROUNDS; i++) {
            walks = walks.plus(pass(contestant, alone, beside, effort.measurement()));
        }
        for (AutoCloseable handle : held) {
            handle.close();
        }
        Map<Metric, Double> metrics = new LinkedHashMap<>();
        metrics.put(ALONE, alone.perSecond());
        metrics.put(BESIDE, beside.perSecond());
        metrics.put(KEPT, PERCENT * beside.perSecond() / alone.perSecond());
        metrics.put(P99_ALONE, p99(alone.times()) / NANOS_PER_MICRO);
        metrics.put(P99_BESIDE, p99(beside.times()) / NANOS_PER_MICRO);
        metrics.put(WORST_ALONE, alone.times().getMaxValue() / NANOS_PER_MILLI);
        metrics.put(WORST_BESIDE, beside.times().getMaxValue() / NANOS_PER_MILLI);
        metrics.put(WALKS, walks.number * NANOS_PER_SECOND / Math.max(1, walks.nanos));
        metrics.put(UNSEEN, (double) Math.max(0, resources - walks.fewest));
        return metrics;
    }

    private record Walks(long number, long nanos, long fewest) {

        Walks plus(Walks more) {
            return new Walks(
                    number + more.number, nanos + more.nanos, Math.min(fewest, more.fewest));
        }
    }

    /// Goes through the four stretches once. Those beside a walker see a walk from its beginning to
    /// its end at least.
    private static Walks pass(Contestant contestant, Lives alone, Lives beside, Duration length)
            throws Exception {
        long stretch = length.toNanos() / STRETCHES;
        // what the walks before have left is not paid for by who is alone now
        System.gc();
        alone.count(stretch, () -> true);
        alone.time(stretch, () -> true);
        Walker walker = Walker.started(contestant);
        long start = System.nanoTime();
        try {
            beside.count(stretch, () -> walker.walks() >= 1);
            long counted = walker.walks();
            beside.time(stretch, () -> walker.walks() > counted + 1);
        } finally {
            walker.stop();
        }
        return new Walks(walker.walks(), System.nanoTime() - start, walker.fewest());
    }

    private static double p99(Histogram times) {
        return times.getValueAtPercentile(99);
    }
}
