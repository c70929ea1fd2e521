package io.patinox.benchmarks.cache;

import io.patinox.benchmarks.door.Effort;
import io.patinox.benchmarks.door.HarnessRegime.Harness;
import io.patinox.benchmarks.door.Metric;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/// What a load of a second costs those who want other keys: one thread that reads, loads, puts and
/// removes them is timed alone and beside such loads, in turn, in one JVM.
///
/// There are as many loads at once as a service has that hangs on a slow back end, and the other
/// keys are so many that some share a bucket with a key that is loading.
final class SlowLoad implements Harness {

    static final Metric P99_ALONE = Metric.mean("p99 alone", "ns");
    static final Metric P99_BESIDE = Metric.mean("p99 beside a load", "ns");
    static final Metric WORST_ALONE = Metric.largest("worst alone", "ms");
    static final Metric WORST_BESIDE = Metric.largest("worst beside a load", "ms");
    static final List<Metric> METRICS = List.of(P99_ALONE, P99_BESIDE, WORST_ALONE, WORST_BESIDE);

    static final Duration LOAD = Duration.ofSeconds(1);

    private static final int LOADS = 8;
    private static final int ROUNDS = 2;
    private static final int KEYS = 4 * Scene.RESIDENTS;
    private static final int FIRST_SLOW_KEY = 1 << 24;
    private static final double NANOS_PER_MILLI = 1e6;

    private int slowKeys;

    @Override
    public Map<Metric, Double> measure(String implementation, Effort effort) throws Exception {
        Store store = Store.of(implementation, Scene.RESIDENT, Scene.MAX_ENTRIES);
        for (int i = 0; i < KEYS; i++) {
            store.put(i, "resident");
        }
        Histogram alone = new Histogram(3);
        Histogram beside = new Histogram(3);
        use(store, new Histogram(3), effort.warmup().toNanos());
        long stretch = Math.max(effort.measurement().toNanos() / ROUNDS, LOAD.toNanos());
        for (int round = 0; round < ROUNDS; round++) {
            use(store, alone, stretch);
            beside(store, beside, stretch);
        }
        Map<Metric, Double> metrics = new LinkedHashMap<>();
        metrics.put(P99_ALONE, (double) alone.getValueAtPercentile(99));
        metrics.put(P99_BESIDE, (double) beside.getValueAtPercentile(99));
        metrics.put(WORST_ALONE, alone.getMaxValue() / NANOS_PER_MILLI);
        metrics.put(WORST_BESIDE, beside.getMaxValue() / NANOS_PER_MILLI);
        return metrics;
    }

    /// Times the others while loads are under way: as long as the shortest of them, so that none
    /// ends, and is begun anew, within the time.
    private void beside(Store store, Histogram times, long stretchNanos) throws Exception {
        long end = System.nanoTime() + stretchNanos;
        while (System.nanoTime() - end < 0) {
            CountDownLatch loading = new CountDownLatch(LOADS);
            Thread[] loaders = new Thread[LOADS];
            for (int i = 0; i < LOADS; i++) {
                Integer key = FIRST_SLOW_KEY + slowKeys++ * 31;
                loaders[i] = Thread.ofPlatform().start(() -> store.get(key, _ -> slow(loading)));
            }
            loading.await();
            use(store, times, LOAD.toNanos() * 9 / 10);
            for (Thread loader : loaders) {
                loader.join();
            }
        }
    }

    private static Object slow(CountDownLatch loading) {
        loading.countDown();
        long end = System.nanoTime() + LOAD.toNanos();
        for (long left = LOAD.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        return "slow";
    }

    private static void use(Store store, Histogram times, long nanos) {
        long start = System.nanoTime();
        long now = start;
        for (int i = 0; now - start < nanos; i++) {
            Integer key = (int) ((i * 0x9E3779B97F4A7C15L) >>> 33) % KEYS;
            switch (i & 7) {
                case 0 -> store.put(key, "put");
                case 1 -> store.remove(key);
                default -> store.get(key, _ -> "loaded");
            }
            long after = System.nanoTime();
            times.recordValue(after - now);
            now = after;
        }
    }
}
