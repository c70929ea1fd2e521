package io.patinox.benchmarks.pool;

import io.patinox.benchmarks.door.Effort;
import io.patinox.benchmarks.door.HarnessRegime.Harness;
import io.patinox.benchmarks.door.Metric;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/// More borrowers than objects, each of which acquires, holds, releases and comes again at once.
///
/// @param borrowers how many
/// @param virtual whether they are virtual threads
/// @param objects how many objects they share
/// @param hold how long each holds its object; zero for not at all
record Crowd(int borrowers, boolean virtual, int objects, Duration hold) implements Harness {

    /*
     * Virtual threads that never block keep their carrier for ever. A thousand of them that find
     * objects free at the beginning are as many as there are carriers, and the others never run. So
     * the objects are withheld until everybody is there, and given out at once. Whether the crowd
     * then goes on queueing is the pool's affair. They are given out by a thread of the same kind:
     * a carrier that always has virtual threads of its own to run never looks for those that were
     * woken by a platform thread.
     */

    /// How many acquires all borrowers together note; in longer runs without hold the rest is only
    /// counted, so that clocks and logs do not become the thing measured.
    private static final int NOTED_ACQUIRES = 4_000_000;

    /// What the last who began may need to get into the queue.
    private static final Duration UNTIL_QUEUED = Duration.ofMillis(10);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    public Map<Metric, Double> measure(String implementation, Effort effort) throws Exception {
        try (Contestant pool = Contestant.of(implementation, objects)) {
            return measure(pool, effort);
        }
    }

    /// Measures a pool that is already set up.
    ///
    /// @param pool the pool, of [#objects()] objects
    /// @param effort how long
    /// @return a number for every metric of [CrowdResult]
    /// @throws Exception what a borrower threw
    Map<Metric, Double> measure(Contestant pool, Effort effort) throws Exception {
        CrowdPhase phases = new CrowdPhase(borrowers);
        List<Borrower> crowd = new ArrayList<>();
        List<Object> withheld = borrowers > objects ? acquireAll(pool) : List.of();
        for (int i = 0; i < borrowers; i++) {
            Borrower borrower =
                    new Borrower(
                            pool,
                            phases,
                            hold.toNanos(),
                            borrowers > objects,
                            NOTED_ACQUIRES / borrowers);
            crowd.add(borrower);
            borrowerThread().name("borrower-" + i).start(borrower);
        }
        giveOut(withheld, pool, phases);
        pause(effort.warmup());
        long startNanos = System.nanoTime();
        long startCpuNanos = cpuNanos();
        long startBytes = allocatedBytes();
        phases.measure();
        pause(effort.measurement());
        phases.stop();
        long wallNanos = System.nanoTime() - startNanos;
        long usedCpuNanos = cpuNanos() - startCpuNanos;
        long allocated = allocatedBytes() - startBytes;
        if (!phases.awaitEnd(PATIENCE)) {
            throw new IllegalStateException("a borrower still waits after " + PATIENCE);
        }
        for (Borrower borrower : crowd) {
            borrower.rethrow();
        }
        return new CrowdResult(
                        crowd, objects, hold.isPositive(), wallNanos, usedCpuNanos, allocated)
                .metrics(pool.overtakings());
    }

    private List<Object> acquireAll(Contestant pool) {
        List<Object> acquired = new ArrayList<>();
        try {
            for (int i = 0; i < objects; i++) {
                acquired.add(pool.acquire());
            }
        } catch (Exception e) {
            throw new IllegalStateException("the pool failed: " + e, e);
        }
        return acquired;
    }

    private Thread.Builder borrowerThread() {
        return virtual ? Thread.ofVirtual() : Thread.ofPlatform().daemon();
    }

    private void giveOut(List<Object> withheld, Contestant pool, CrowdPhase phases)
            throws Exception {
        if (withheld.isEmpty()) {
            return;
        }
        if (!phases.awaitBegin(PATIENCE)) {
            throw new IllegalStateException("a borrower did not begin within " + PATIENCE);
        }
        pause(UNTIL_QUEUED);
        FutureTask<Void> release =
                new FutureTask<>(() -> {
                    for (Object acquired : withheld) {
                        pool.release(acquired);
                    }
                    return null;
                });
        borrowerThread().start(release);
        release.get();
    }

    private static void pause(Duration duration) throws InterruptedException {
        // nobody counts it down: the wait is a pause that notices interruption
        var _ = new CountDownLatch(1).await(duration.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static long cpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }

    /// What all threads have allocated; the logs of the borrowers are made before.
    private static long allocatedBytes() {
        return ManagementFactory.getThreadMXBean()
                        instanceof com.sun.management.ThreadMXBean threads
                ? threads.getTotalThreadAllocatedBytes()
                : 0;
    }
}
