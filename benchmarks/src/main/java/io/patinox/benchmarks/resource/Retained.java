package io.patinox.benchmarks.resource;

import io.patinox.benchmarks.door.Effort;
import io.patinox.benchmarks.door.HarnessRegime.Harness;
import io.patinox.benchmarks.door.Metric;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;

/// How much memory a live resource costs with everything that keeps track of it: the difference of
/// the heap with and without them. The array that holds the handles is there before and after.
///
/// @param resources how many are alive
record Retained(int resources) implements Harness {

    static final Metric RETAINED = Metric.mean("retained", "B");

    static final List<Metric> METRICS = List.of(RETAINED);

    private static final int REHEARSED = 1_000;
    private static final int COLLECTIONS = 5;

    @Override
    public Map<Metric, Double> measure(String implementation, Effort effort) throws Exception {
        rehearse(implementation);
        AutoCloseable[] held = new AutoCloseable[resources];
        long before = usedBytes();
        try (Contestant contestant = Contestant.of(implementation, PlainResource::new)) {
            for (int i = 0; i < resources; i++) {
                held[i] = contestant.acquire();
            }
            double bytes = usedBytes() - before;
            for (AutoCloseable handle : held) {
                handle.close();
            }
            return Map.of(RETAINED, bytes / resources);
        }
    }

    /// What is made once a JVM belongs to no resource.
    private static void rehearse(String implementation) throws Exception {
        usedBytes();
        try (Contestant contestant = Contestant.of(implementation, PlainResource::new)) {
            for (int i = 0; i < REHEARSED; i++) {
                contestant.acquire().close();
            }
        }
    }

    /// The least that several collections leave: what one leaves may wait for a reference handler.
    private static long usedBytes() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            least =
                    Math.min(
                            least,
                            ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
