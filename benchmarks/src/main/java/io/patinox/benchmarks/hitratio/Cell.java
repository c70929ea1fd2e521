package io.patinox.benchmarks.hitratio;

import io.patinox.benchmarks.door.Effort;
import io.patinox.benchmarks.door.Metric;
import io.patinox.benchmarks.door.Regime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.ToDoubleFunction;

/// A sequence of keys, replayed to caches of one size. Each round is another run: with other keys
/// of the same pattern, so that other hashes, samples and random choices are made, and with another
/// sequence if it is generated.
final class Cell implements Regime {

    static final Metric RATIO = Metric.mean("hits", "%");

    private static final List<String> EVERYBODY =
            List.of(
                    Contestant.PATINOX,
                    Contestant.CAFFEINE,
                    Contestant.CACHE2K,
                    Contestant.S3_FIFO,
                    Contestant.OPTIMAL);

    private final String name;
    private final int capacity;
    private final boolean quick;
    private final LongFunction<int[]> sequence;
    private final Function<int[], Integer> warmup;
    private final ToDoubleFunction<int[]> best;
    private final Map<String, Integer> rounds = new HashMap<>();

    /// @param name the regime's name
    /// @param capacity the size of the caches
    /// @param quick whether `--quick` measures it
    /// @param sequence the keys, by the number of the run
    /// @param warmup how many of the keys come before hits are counted
    /// @param best the best ratio that is possible, in percent
    Cell(
            String name,
            int capacity,
            boolean quick,
            LongFunction<int[]> sequence,
            Function<int[], Integer> warmup,
            ToDoubleFunction<int[]> best) {
        this.name = name;
        this.capacity = capacity;
        this.quick = quick;
        this.sequence = sequence;
        this.warmup = warmup;
        this.best = best;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> implementations() {
        return EVERYBODY;
    }

    @Override
    public boolean quick() {
        return quick;
    }

    @Override
    public Map<Metric, Double> measure(String implementation, Effort effort) {
        int round = rounds.merge(implementation, 1, Integer::sum);
        int[] keys = sequence.apply(round);
        if (implementation.equals(Contestant.OPTIMAL)) {
            return Map.of(RATIO, best.applyAsDouble(keys));
        }
        int unseen = warmup.apply(keys);
        // a bijection, so equal keys stay equal and others do not become so
        int factor = 2 * round - 1;
        int hits = 0;
        try (Contestant cache = Contestant.of(implementation, capacity)) {
            for (int i = 0; i < keys.length; i++) {
                boolean hit = cache.use(keys[i] * factor);
                hits += hit && i >= unseen ? 1 : 0;
            }
        }
        return Map.of(RATIO, 100.0 * hits / (keys.length - unseen));
    }
}
