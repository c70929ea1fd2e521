package io.patinox.benchmarks.resource;

import io.patinox.benchmarks.door.Effort;
import io.patinox.benchmarks.door.HarnessRegime.Harness;
import io.patinox.benchmarks.door.Metric;
import io.patinox.memory.resource.ResourceBalance;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Resources whose owners forget to close them: whether each is closed in the end, and how soon.
///
/// Closes are counted by the resources themselves; what the books say stands beside that.
///
/// @param resources how many are dropped
/// @param atOnce whether all are alive before the first is dropped
/// @param patience how long after the last was dropped it waits for all to be closed
record Dropped(int resources, boolean atOnce, Duration patience) implements Harness {

    static final Metric CLOSED = Metric.smallest("closed", "");
    static final Metric CLEANED = Metric.smallest("cleaned", "");
    static final Metric OPEN = Metric.largest("open", "");
    static final Metric IMBALANCE = Metric.largest("imbalance", "");
    static final Metric ACQUIRING = Metric.mean("acquiring", "s");
    static final Metric CLOSING = Metric.mean("all closed after", "s");

    static final List<Metric> METRICS =
            List.of(CLOSED, CLEANED, OPEN, IMBALANCE, ACQUIRING, CLOSING);

    /// How often it looks, a millisecond apart, before it collects again.
    private static final int GLANCES = 200;

    private static final double NANOS_PER_SECOND = 1e9;

    @Override
    public Map<Metric, Double> measure(String implementation, Effort effort) throws Exception {
        AtomicLong closes = new AtomicLong();
        try (Contestant contestant =
                Contestant.of(implementation, () -> new CountedResource(closes))) {
            return measure(contestant, closes);
        }
    }

    /// Measures somebody who is already set up.
    ///
    /// @param contestant whose resources count their closes
    /// @param closes where they do
    /// @return a number for every metric, as far as the contestant keeps books
    Map<Metric, Double> measure(Contestant contestant, AtomicLong closes) throws Exception {
        long startNanos = System.nanoTime();
        if (atOnce) {
            holdAll(contestant);
        } else {
            holdNone(contestant);
        }
        long droppedNanos = System.nanoTime();
        while (isAnyOpen(contestant, closes)
                && System.nanoTime() - droppedNanos < patience.toNanos()) {
            System.gc();
            for (int i = 0; i < GLANCES && isAnyOpen(contestant, closes); i++) {
                pause();
            }
        }
        long closedNanos = System.nanoTime();
        Map<Metric, Double> metrics = new LinkedHashMap<>();
        metrics.put(CLOSED, (double) closes.get());
        contestant.balance().ifPresent(balance -> book(balance, metrics));
        metrics.put(ACQUIRING, (droppedNanos - startNanos) / NANOS_PER_SECOND);
        metrics.put(CLOSING, (closedNanos - droppedNanos) / NANOS_PER_SECOND);
        return metrics;
    }

    private void holdNone(Contestant contestant) {
        for (int i = 0; i < resources; i++) {
            contestant.acquire();
        }
    }

    /// When this returns, the frame that held the array is gone.
    private void holdAll(Contestant contestant) {
        AutoCloseable[] held = new AutoCloseable[resources];
        try {
            for (int i = 0; i < resources; i++) {
                held[i] = contestant.acquire();
            }
        } finally {
            Reference.reachabilityFence(held);
        }
    }

    /// Looks at the books last, as that is a walk.
    private boolean isAnyOpen(Contestant contestant, AtomicLong closes) {
        return closes.get() < resources
                || contestant.balance().map(ResourceBalance::open).orElse(0L) > 0;
    }

    private static void book(ResourceBalance balance, Map<Metric, Double> metrics) {
        long ended =
                balance.cleaned() + balance.failed() + balance.abandoned() + balance.detached();
        metrics.put(CLEANED, (double) balance.cleaned());
        metrics.put(OPEN, (double) balance.open());
        metrics.put(IMBALANCE, (double) Math.abs(balance.acquired() - ended - balance.open()));
    }

    private static void pause() throws InterruptedException {
        // nobody counts it down: the wait is a pause that notices interruption
        var _ = new CountDownLatch(1).await(1, TimeUnit.MILLISECONDS);
    }
}
