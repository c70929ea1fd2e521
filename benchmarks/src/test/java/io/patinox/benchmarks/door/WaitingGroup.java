package io.patinox.benchmarks.door;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A group that the forks of tests find: two situations, measured side by side.
public final class WaitingGroup implements Group {

    static final Metric PROCESS = Metric.mean("process", "");
    static final Metric LENGTH = Metric.largest("length", "");
    static final String BROKEN = "broken";

    /// Creates the group, as the service loader does.
    public WaitingGroup() {}

    static SideBySide sideBySide(String... implementations) {
        return new SideBySide(
                        "waiting",
                        List.of("one", "other: with spaces"),
                        List.of(implementations),
                        List.of(PROCESS, LENGTH),
                        _ -> Duration.ofMinutes(1),
                        WaitingGroup::measureHere)
                .withJvmOptions("-Xms32m", "-Xmx32m");
    }

    private static Map<String, Map<Metric, Double>> measureHere(
            String implementation, Effort effort) {
        if (implementation.equals(BROKEN)) {
            throw new IllegalStateException("is broken");
        }
        double process = ProcessHandle.current().pid();
        return Map.of(
                "one",
                Map.of(PROCESS, process),
                "other: with spaces",
                Map.of(PROCESS, process, LENGTH, (double) implementation.length()));
    }

    @Override
    public String name() {
        return "waiting";
    }

    @Override
    public List<Regime> regimes() {
        return sideBySide("us", "peer").regimes();
    }

    @Override
    public List<Bar> bars() {
        return List.of();
    }
}
