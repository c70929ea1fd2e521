package io.patinox.cli.simulate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Replays traces through contenders, as many at a time as there are processors.
///
/// @param contenders who takes part
/// @param sizes the sizes to try
record Simulation(List<Contender> contenders, List<Size> sizes) {

    private static final int MOST_THREADS = 8;

    /// Is told that one more replay is done.
    interface Progress {
        /// Called by the thread that called [Simulation#run].
        void replayed(int done, int all);
    }

    /// Replays a trace.
    ///
    /// @throws InterruptedException if the thread is interrupted; the replays are given up
    Outcome run(Trace trace, Progress progress) throws InterruptedException {
        int[] entries = Size.entries(sizes, trace);
        int threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_THREADS);
        ExecutorService workers = Executors.newFixedThreadPool(threads, Simulation::worker);
        try {
            List<Future<Long>> replays = new ArrayList<>();
            for (Contender contender : contenders) {
                for (int size : entries) {
                    Callable<Long> replay = () -> contender.hits(trace, size);
                    replays.add(workers.submit(replay));
                }
            }
            List<Long> hits = new ArrayList<>();
            for (Future<Long> replay : replays) {
                hits.add(result(replay));
                progress.replayed(hits.size(), replays.size());
            }
            return outcome(trace, entries, hits);
        } finally {
            workers.shutdownNow();
        }
    }

    private static Thread worker(Runnable task) {
        Thread thread = new Thread(task, "patinox-simulate");
        thread.setDaemon(true);
        return thread;
    }

    private static long result(Future<Long> replay) throws InterruptedException {
        try {
            return replay.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof OutOfMemoryError) {
                throw new BadInputException(
                        "the trace does not fit into the memory; give more by the environment"
                                + " variable JAVA_TOOL_OPTIONS=-Xmx8g, or take less by --limit");
            }
            throw new IllegalStateException("a replay failed", e.getCause());
        }
    }

    private Outcome outcome(Trace trace, int[] entries, List<Long> hits) {
        List<Outcome.Row> rows = new ArrayList<>();
        for (int i = 0; i < contenders.size(); i++) {
            int from = i * entries.length;
            rows.add(
                    new Outcome.Row(
                            contenders.get(i).name(),
                            List.copyOf(hits.subList(from, from + entries.length))));
        }
        return new Outcome(
                trace.name(),
                trace.keys().length,
                trace.distinct(),
                Arrays.stream(entries).boxed().toList(),
                rows);
    }
}
