package io.patinox.benchmarks.pool;

import io.patinox.benchmarks.door.Effort;
import io.patinox.benchmarks.door.HarnessRegime.Harness;
import io.patinox.benchmarks.door.Metric;
import io.patinox.memory.pool.ConnectionManager;
import io.patinox.memory.pool.Pool;
import io.patinox.memory.pool.PooledConnection;
import io.patinox.memory.pool.Striping;
import io.patinox.memory.resource.Cleanup;
import io.patinox.memory.resource.ResourceRegistry;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// What a pool takes of the heap, as the garbage collector counts it.
final class Footprint implements Harness {

    /*
     * The heap in use after collections, with so many more connections (or waiters) than before,
     * divided by their number. The connection itself is one object that all slots share. What two
     * pools of different size differ in is all that a connection costs: the slot, its share of the
     * engine, the guard, and the registry's entry. The latter two are what the registry takes for
     * any resource, pooled or not; they are measured beside and taken off.
     *
     * The connections have been idle for a few seconds, so that the pool has forgotten who had
     * them.
     *
     * Padding is known: the room in a slot that keeps neighbours on other cache lines.
     */

    static final Metric CONNECTION = Metric.mean("idle connection besides padding", "B");
    static final Metric PADDING = Metric.mean("padding", "B");
    static final Metric RECORD = Metric.mean("registry's record", "B");
    static final Metric WAITER = Metric.mean("waiter", "B");
    static final List<Metric> METRICS = List.of(CONNECTION, PADDING, RECORD, WAITER);

    private static final int SMALL = 1_000;
    private static final int LARGE = 9_000;
    private static final int WAITERS = 100_000;
    private static final Duration UNTIL_FORGOTTEN = Duration.ofMillis(2_500);
    private static final int SLOT_PADDING = 14 * Long.BYTES;

    @Override
    public Map<Metric, Double> measure(String implementation, Effort effort) throws Exception {
        boolean striped = !implementation.equals(Peers.PATINOX_PACKED);
        Map<Metric, Double> metrics = new LinkedHashMap<>();
        // What is made once, at the first use, must not count as the small pool's.
        ofPool(SMALL, striped);
        long small = ofPool(SMALL, striped);
        long large = ofPool(LARGE, striped);
        double record = ofRecord();
        double connection = (double) (large - small) / (LARGE - SMALL);
        metrics.put(CONNECTION, connection - record - SLOT_PADDING);
        metrics.put(PADDING, (double) SLOT_PADDING);
        metrics.put(RECORD, record);
        metrics.put(WAITER, ofWaiter(striped));
        return metrics;
    }

    private static long ofPool(int size, boolean striped) throws InterruptedException {
        long before = used();
        try (Pool<Object> pool = pool(size, striped)) {
            List<PooledConnection<Object>> leases = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                leases.add(pool.acquire());
            }
            leases.forEach(PooledConnection::close);
            leases.clear();
            Thread.sleep(UNTIL_FORGOTTEN);
            return used() - before;
        }
    }

    /// What a registry takes for a resource whose cleanup is a method of some object.
    private static double ofRecord() throws InterruptedException {
        Same manager = new Same();
        Cleanup<Object> destroy = manager::destroy;
        Object[] guards = new Object[LARGE];
        try (ResourceRegistry registry = ResourceRegistry.builder("footprint").build()) {
            guards[0] = registry.acquire("object", manager::create, destroy);
            long before = used();
            for (int i = 1; i < LARGE; i++) {
                guards[i] = registry.acquire("object", manager::create, destroy);
            }
            return (double) (used() - before) / (LARGE - 1);
        } finally {
            Reference.reachabilityFence(guards);
        }
    }

    /// A waiter that has no thread of its own, so that no stack is counted: what it takes beyond
    /// the future, measured beside it.
    private static double ofWaiter(boolean striped) throws InterruptedException {
        Object[] futures = new Object[2 * WAITERS];
        try (Pool<Object> pool = pool(1, striped)) {
            PooledConnection<Object> held = pool.acquire();
            long start = used();
            for (int i = 0; i < WAITERS; i++) {
                futures[i] = pool.acquireAsync();
            }
            long waiting = used();
            for (int i = 0; i < WAITERS; i++) {
                var future = new CompletableFuture<Object>();
                var _ = future.whenComplete((_, _) -> {});
                futures[WAITERS + i] = future;
            }
            long alone = used();
            held.close();
            pool.close(Duration.ZERO);
            return (double) (waiting - start - (alone - waiting)) / WAITERS;
        } finally {
            Reference.reachabilityFence(futures);
        }
    }

    private static Pool<Object> pool(int size, boolean striped) {
        return Pool.builder(new Same())
                .maxSize(size)
                .createConcurrency(100)
                .striping(striped ? Striping.STRIPED : Striping.PACKED)
                .siteSampling(0)
                .build();
    }

    private static long used() throws InterruptedException {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            Thread.sleep(Duration.ofMillis(20));
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    private static final class Same implements ConnectionManager<Object> {

        private final Object connection = new Object();

        @Override
        public Object create() {
            return connection;
        }

        @Override
        public void destroy(Object object) {}
    }
}
