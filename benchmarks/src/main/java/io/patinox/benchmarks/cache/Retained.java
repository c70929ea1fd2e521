package io.patinox.benchmarks.cache;

import io.patinox.benchmarks.door.Effort;
import io.patinox.benchmarks.door.HarnessRegime.Harness;
import io.patinox.benchmarks.door.Metric;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// What a cache takes of the heap beside keys and values, as the garbage collector counts it.
///
/// Keys and values are there before and after. A quarter more keys are put in than the cache may
/// hold, so that it has all it ever has: what it remembers of entries that left counts too.
///
/// @param scene what the caches are like
/// @param entries how many
/// @param valueBytes the length of the array that is a value; 0 for one value that all share
record Retained(Scene scene, int entries, int valueBytes) implements Harness {

    static final Metric PER_ENTRY = Metric.mean("bytes per entry", "B");
    static final Metric OVERHEAD = Metric.mean("overhead", "%");

    private static final int REHEARSED = 2_000;
    private static final int COLLECTIONS = 4;
    private static final double PERCENT = 100;

    List<Metric> metrics() {
        return valueBytes == 0 ? List.of(PER_ENTRY) : List.of(PER_ENTRY, OVERHEAD);
    }

    @Override
    public Map<Metric, Double> measure(String implementation, Effort effort) {
        // what is made once a JVM belongs to no entry
        fill(implementation, REHEARSED, Keys.BOXED, Keys.VALUES);
        long empty = usedBytes();
        int offered = implementation.equals(Peers.MAP) ? entries : entries + entries / 4;
        Integer[] keys = IntStream.range(0, offered).boxed().toArray(Integer[]::new);
        Object[] values = values();
        long before = usedBytes();
        double data = before - empty;
        double perEntry;
        Store store = fill(implementation, entries, keys, values);
        try {
            perEntry = (double) (usedBytes() - before) / store.size();
        } finally {
            Reference.reachabilityFence(store);
            Reference.reachabilityFence(keys);
            Reference.reachabilityFence(values);
        }
        Map<Metric, Double> metrics = new LinkedHashMap<>();
        metrics.put(PER_ENTRY, perEntry);
        if (valueBytes > 0) {
            metrics.put(OVERHEAD, PERCENT * perEntry * offered / data);
        }
        return metrics;
    }

    private Object[] values() {
        if (valueBytes == 0) {
            return new Object[] {"shared"};
        }
        Object[] values = new Object[entries + entries / 4];
        for (int i = 0; i < values.length; i++) {
            values[i] = new byte[valueBytes];
        }
        return values;
    }

    private Store fill(String implementation, int maxEntries, Integer[] keys, Object[] values) {
        Store store = Store.of(implementation, scene, maxEntries);
        for (int i = 0; i < keys.length; i++) {
            store.put(keys[i], values[i % values.length]);
        }
        return store;
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
