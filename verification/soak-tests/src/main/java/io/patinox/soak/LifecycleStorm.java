package io.patinox.soak;

import io.patinox.memory.resource.AsyncResourceGuard;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// Random operations on registries by several threads, with failures injected, in rounds: each has
/// a registry of its own, which in the end a cleanup closes under the feet of all threads.
public final class LifecycleStorm {
    private static final long ROUND = 100_000;
    private static final long PATIENCE_SECONDS = 120;

    private final long operations;
    private final int threads;
    private final long seed;

    /// A storm.
    ///
    /// @param operations how many in all
    /// @param threads on how many threads
    /// @param seed where chance comes from
    public LifecycleStorm(long operations, int threads, long seed) {
        this.operations = operations;
        this.threads = threads;
        this.seed = seed;
    }

    /// Runs it.
    ///
    /// @return what was seen
    /// @throws InterruptedException if the caller was interrupted
    public Result run() throws InterruptedException {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Long> counters = new TreeMap<>();
        List<String> violations = new ArrayList<>();
        long beganAt = System.nanoTime();
        long done = 0;
        for (int number = 0; done < operations && violations.isEmpty(); number++) {
            long each = Math.max(1, Math.min(ROUND, operations - done) / threads);
            Round round = new Round("soak-" + number);
            play(round, random, each);
            round.finish().forEach((name, value) -> counters.merge(name, value, Long::sum));
            violations.addAll(round.violations);
            done += each * threads;
        }
        return new Result(done, System.nanoTime() - beganAt, counters, violations);
    }

    private void play(Round round, SplittableRandom random, long each) throws InterruptedException {
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            // the last thread has the registry closed while the others go on
            boolean ends = i == threads - 1;
            Worker worker = new Worker(round, random.split(), ends ? each - each / 8 : each);
            Runnable task = ends ? () -> closeFromACleanup(round, worker) : worker;
            workers.add(Thread.ofPlatform().name("storm-" + i).unstarted(task));
        }
        workers.forEach(Thread::start);
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        for (Thread worker : workers) {
            worker.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())));
            if (worker.isAlive()) {
                String stack = Arrays.toString(worker.getStackTrace());
                round.violations.add(
                        worker.getName()
                                + " hangs: "
                                + stack
                                + ", while inside cleanups are "
                                + round.inside());
            }
        }
    }

    private static void closeFromACleanup(Round round, Worker worker) {
        worker.run();
        AsyncResourceGuard<Load> last =
                round.registry.acquire(
                        "load", () -> round.open(Load.Fault.CLOSES_THE_REGISTRY), round::clean);
        last.get().reentered.set(round.registry);
        last.close();
    }

    /// What a storm has shown.
    ///
    /// @param operations how many there were
    /// @param nanos how long they took, with all audits
    /// @param counters the counters of all registries together
    /// @param violations what must not happen and did
    public record Result(
            long operations, long nanos, Map<String, Long> counters, List<String> violations) {
        /// Copies.
        public Result {
            counters = Map.copyOf(counters);
            violations = List.copyOf(violations);
        }

        /// {@return operations a second}
        public double rate() {
            return operations * 1e9 / nanos;
        }
    }
}
