package io.patinox.benchmarks.pool;

import io.patinox.benchmarks.door.Effort;
import io.patinox.benchmarks.door.HarnessRegime;
import io.patinox.benchmarks.door.HarnessRegime.Harness;
import io.patinox.benchmarks.door.Metric;
import io.patinox.benchmarks.door.Regime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// Borrowers of more keys than there may be objects: each key must wait until another gives way,
/// and an object must be created anew for it.
///
/// @param borrowers how many, the same number for each key; virtual threads
/// @param keys how many keys
/// @param objects how many objects there may be in all
/// @param hold how long each borrower holds its object
/// @param creation how long it takes to create one
record KeyedCrowd(int borrowers, int keys, int objects, Duration hold, Duration creation)
        implements Harness {

    static final String NAME = "64 virtual threads of 8 keys on 4, hold 50 us, create 1 ms";

    private static final Metric KEY_FAIRNESS = Metric.smallest("fewest/most keys", "");
    private static final Metric CREATIONS = Metric.mean("creations", "/kop");
    static final Metric MOST_OBJECTS = Metric.largest("most objects", "");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// What one borrower has done; read when it has ended.
    private static final class Tally {
        long operations;
        long worstWaitNanos;
    }

    /// {@return the regime, as the group has it}
    static Regime regime() {
        return new HarnessRegime(
                "pool",
                NAME,
                true,
                List.of(Peers.PATINOX, Peers.COMMONS),
                List.of(
                        CrowdResult.THROUGHPUT,
                        KEY_FAIRNESS,
                        CrowdResult.WORST_WAIT,
                        CREATIONS,
                        MOST_OBJECTS),
                new KeyedCrowd(64, 8, 4, Duration.ofNanos(50_000), Duration.ofMillis(1)));
    }

    @Override
    public Map<Metric, Double> measure(String implementation, Effort effort) throws Exception {
        KeyedObjects made = new KeyedObjects(creation);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Tally> tallies = new ArrayList<>();
        CrowdPhase phases = new CrowdPhase(borrowers);
        try (KeyedContestant pool = KeyedContestant.of(implementation, objects, made)) {
            for (int i = 0; i < borrowers; i++) {
                int key = i % keys;
                Tally tally = new Tally();
                tallies.add(tally);
                Thread.ofVirtual()
                        .name("borrower-" + i)
                        .start(() -> {
                            try {
                                borrow(pool, key, tally, phases);
                            } catch (Throwable thrown) {
                                failure.compareAndSet(null, thrown);
                            } finally {
                                phases.ended();
                            }
                        });
            }
            pause(effort.warmup());
            long createdBefore = made.created();
            long begun = System.nanoTime();
            phases.measure();
            pause(effort.measurement());
            phases.stop();
            double seconds = (System.nanoTime() - begun) / 1e9;
            long created = made.created() - createdBefore;
            if (!phases.awaitEnd(PATIENCE) || failure.get() != null) {
                throw new IllegalStateException("a borrower waits or failed", failure.get());
            }
            return metrics(tallies, seconds, created, made.most());
        }
    }

    private void borrow(KeyedContestant pool, int key, Tally tally, CrowdPhase phases)
            throws Exception {
        while (phases.now() != CrowdPhase.DONE) {
            boolean counts = phases.now() == CrowdPhase.MEASURED;
            long begun = System.nanoTime();
            Object lease = pool.acquire(key);
            long waited = System.nanoTime() - begun;
            Thread.sleep(hold);
            pool.release(key, lease);
            if (counts) {
                tally.operations++;
                tally.worstWaitNanos = Math.max(tally.worstWaitNanos, waited);
            }
        }
    }

    private Map<Metric, Double> metrics(
            List<Tally> tallies, double seconds, long created, int most) {
        long[] byKey = new long[keys];
        long worst = 0;
        long operations = 0;
        for (int i = 0; i < tallies.size(); i++) {
            Tally tally = tallies.get(i);
            byKey[i % keys] += tally.operations;
            operations += tally.operations;
            worst = Math.max(worst, tally.worstWaitNanos);
        }
        long fewest = Long.MAX_VALUE;
        long largest = 1;
        for (long key : byKey) {
            fewest = Math.min(fewest, key);
            largest = Math.max(largest, key);
        }
        Map<Metric, Double> metrics = new LinkedHashMap<>();
        metrics.put(CrowdResult.THROUGHPUT, operations / seconds);
        metrics.put(KEY_FAIRNESS, (double) fewest / largest);
        metrics.put(CrowdResult.WORST_WAIT, worst / 1e6);
        metrics.put(CREATIONS, 1_000.0 * created / Math.max(1, operations));
        metrics.put(MOST_OBJECTS, (double) most);
        return metrics;
    }

    private static void pause(Duration duration) throws InterruptedException {
        // nobody counts it down: the wait is a pause that notices interruption
        var _ = new CountDownLatch(1).await(duration.toNanos(), TimeUnit.NANOSECONDS);
    }
}
