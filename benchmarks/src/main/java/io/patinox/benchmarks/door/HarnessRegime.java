package io.patinox.benchmarks.door;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/// A regime measured by a harness of its own, where JMH's means would hide what matters: who
/// waited, for how long, and who was served before them.
///
/// The harness runs in a fresh JVM ([HarnessFork]), which finds this regime by its name.
public final class HarnessRegime implements Regime, ForkedRegime {

    /// Time a fork may take beyond warm-up and measurement before it counts as hung.
    private static final Duration GRACE = Duration.ofMinutes(2);

    /// What measures, in the fork.
    @FunctionalInterface
    public interface Harness {

        /// Measures in this JVM.
        ///
        /// @param implementation who
        /// @param effort how long
        /// @return a number for every metric
        /// @throws Exception when measuring fails, which fails the fork
        Map<Metric, Double> measure(String implementation, Effort effort) throws Exception;
    }

    private final String group;
    private final String name;
    private final boolean quick;
    private final List<String> implementations;
    private final List<Metric> metrics;
    private final Harness harness;
    private final List<String> jvmOptions;

    /// Creates the regime.
    ///
    /// @param group the name of its group, by which the fork finds it
    /// @param name the regime's name
    /// @param quick whether `--quick` measures it
    /// @param implementations who is measured, us first
    /// @param metrics what the harness may yield
    /// @param harness what measures
    public HarnessRegime(
            String group,
            String name,
            boolean quick,
            List<String> implementations,
            List<Metric> metrics,
            Harness harness) {
        this(group, name, quick, implementations, metrics, harness, List.of());
    }

    private HarnessRegime(
            String group,
            String name,
            boolean quick,
            List<String> implementations,
            List<Metric> metrics,
            Harness harness,
            List<String> jvmOptions) {
        this.group = group;
        this.name = name;
        this.quick = quick;
        this.implementations = List.copyOf(implementations);
        this.metrics = List.copyOf(metrics);
        this.harness = harness;
        this.jvmOptions = List.copyOf(jvmOptions);
    }

    /// Returns the same regime in a JVM of other options, which win over those of every fork.
    ///
    /// @param options what to add to the command line
    /// @return the regime
    public HarnessRegime withJvmOptions(String... options) {
        return new HarnessRegime(
                group, name, quick, implementations, metrics, harness, List.of(options));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> implementations() {
        return implementations;
    }

    @Override
    public boolean quick() {
        return quick;
    }

    @Override
    public Map<Metric, Double> measure(String implementation, Effort effort) {
        Properties results =
                HarnessFork.run(
                        jvmOptions,
                        List.of(group, name, implementation),
                        effort,
                        effort.warmup().plus(effort.measurement()).plus(GRACE));
        Map<Metric, Double> values = new LinkedHashMap<>();
        for (Metric metric : metrics) {
            String value = results.getProperty(metric.name());
            if (value != null) {
                values.put(metric, Double.valueOf(value));
            }
        }
        return values;
    }

    @Override
    public void measureHere(String implementation, Effort effort, Path results) throws Exception {
        Map<String, Double> values = new LinkedHashMap<>();
        harness.measure(implementation, effort)
                .forEach((metric, value) -> values.put(metric.name(), value));
        HarnessFork.write(values, results);
    }
}
