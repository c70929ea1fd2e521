package io.patinox.benchmarks.pool;

import io.patinox.benchmarks.door.Metric;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// What a crowd saw of a pool, as numbers.
///
/// @param crowd the borrowers, all ended
/// @param objects how many objects they shared
/// @param held whether they held them for a time that can be summed
/// @param wallNanos how long they were measured
/// @param cpuNanos processor time used in the meantime by the whole process
/// @param allocatedBytes what the whole process allocated in the meantime
record CrowdResult(
        List<Borrower> crowd,
        int objects,
        boolean held,
        long wallNanos,
        long cpuNanos,
        long allocatedBytes) {

    static final Metric THROUGHPUT = Metric.mean("throughput", "op/s");
    static final Metric BUSY = Metric.mean("busy", "%");
    static final Metric FAIRNESS = Metric.smallest("fewest/most", "");
    static final Metric WORST_WAIT = Metric.largest("worst wait", "ms");
    static final Metric OVERTAKING = Metric.largest("overtaking", "%");
    static final Metric WAIT_P50 = Metric.mean("wait p50", "us");
    static final Metric WAIT_P99 = Metric.mean("wait p99", "us");
    static final Metric WAIT_P999 = Metric.mean("wait p99.9", "us");
    static final Metric CPU = Metric.mean("cpu", "s/Mop");
    static final Metric ALLOCATION = Metric.mean("allocation", "B/op");
    static final Metric OVERTAKINGS_INSIDE = Metric.largest("overtakings inside", "");

    /// All metrics, in the order of the tables' columns.
    static final List<Metric> METRICS =
            List.of(
                    THROUGHPUT,
                    BUSY,
                    FAIRNESS,
                    WORST_WAIT,
                    OVERTAKING,
                    WAIT_P50,
                    WAIT_P99,
                    WAIT_P999,
                    CPU,
                    ALLOCATION,
                    OVERTAKINGS_INSIDE);

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double MILLION = 1e6;
    private static final double PERCENT = 100;

    /// Returns the numbers.
    ///
    /// @param inside how many overtakings the pool itself counted, where it does
    Map<Metric, Double> metrics(OptionalLong inside) {
        long operations = crowd.stream().mapToLong(Borrower::operations).sum();
        long most = crowd.stream().mapToLong(Borrower::operations).max().orElse(0);
        long fewest = crowd.stream().mapToLong(Borrower::operations).min().orElse(0);
        long[] waits = sortedWaits();
        List<WaitLog> logs = crowd.stream().map(Borrower::log).toList();
        Map<Metric, Double> metrics = new LinkedHashMap<>();
        metrics.put(THROUGHPUT, operations * NANOS_PER_SECOND / wallNanos);
        if (held) {
            long heldNanos = crowd.stream().mapToLong(Borrower::heldNanos).sum();
            metrics.put(BUSY, PERCENT * heldNanos / ((double) wallNanos * objects));
        }
        metrics.put(FAIRNESS, most == 0 ? 0 : (double) fewest / most);
        metrics.put(WORST_WAIT, waitNanos(waits, 1) / NANOS_PER_MILLI);
        metrics.put(OVERTAKING, PERCENT * Overtakings.count(logs) / Math.max(1, waits.length));
        metrics.put(WAIT_P50, waitNanos(waits, 0.5) / NANOS_PER_MICRO);
        metrics.put(WAIT_P99, waitNanos(waits, 0.99) / NANOS_PER_MICRO);
        metrics.put(WAIT_P999, waitNanos(waits, 0.999) / NANOS_PER_MICRO);
        metrics.put(CPU, cpuNanos / NANOS_PER_SECOND * MILLION / Math.max(1, operations));
        metrics.put(ALLOCATION, (double) allocatedBytes / Math.max(1, operations));
        inside.ifPresent(count -> metrics.put(OVERTAKINGS_INSIDE, (double) count));
        return metrics;
    }

    private long[] sortedWaits() {
        long[] waits =
                crowd.stream()
                        .map(Borrower::log)
                        .flatMapToLong(log -> Arrays.stream(log.waitsNanos()))
                        .toArray();
        Arrays.sort(waits);
        return waits;
    }

    private static double waitNanos(long[] sorted, double quantile) {
        if (sorted.length == 0) {
            return 0;
        }
        int index = (int) Math.ceil(quantile * sorted.length) - 1;
        return sorted[Math.max(0, index)];
    }
}
