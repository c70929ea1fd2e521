package io.patinox.benchmarks.door;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/// Several regimes in which everybody mostly waits, so that all of them, and all implementations,
/// are measured at the same time: one JVM an implementation, every situation in each.
///
/// Whoever is asked first for a figure of a round measures the round; the others take what was
/// measured for them. Confined to the thread that runs the benchmarks.
public final class SideBySide {

    /// What measures, in the fork.
    @FunctionalInterface
    public interface Harness {

        /// Measures all situations in this JVM.
        ///
        /// @param implementation who
        /// @param effort how long
        /// @return for every situation a number for every metric
        /// @throws Exception when measuring fails, which fails the fork
        Map<String, Map<Metric, Double>> measure(String implementation, Effort effort)
                throws Exception;
    }

    private record Key(String situation, String implementation) {}

    private final String group;
    private final List<String> situations;
    private final List<String> implementations;
    private final List<Metric> metrics;
    private final Function<Effort, Duration> limit;
    private final Harness harness;
    private final List<String> jvmOptions;
    private final Map<Key, Map<Metric, Double>> measured = new HashMap<>();

    /// Creates the regimes.
    ///
    /// @param group the name of their group, by which the fork finds them
    /// @param situations the names of the regimes
    /// @param implementations who is measured, us first
    /// @param metrics what the harness may yield
    /// @param limit after which a fork counts as hung
    /// @param harness what measures
    public SideBySide(
            String group,
            List<String> situations,
            List<String> implementations,
            List<Metric> metrics,
            Function<Effort, Duration> limit,
            Harness harness) {
        this(group, situations, implementations, metrics, limit, harness, List.of());
    }

    private SideBySide(
            String group,
            List<String> situations,
            List<String> implementations,
            List<Metric> metrics,
            Function<Effort, Duration> limit,
            Harness harness,
            List<String> jvmOptions) {
        this.group = group;
        this.situations = List.copyOf(situations);
        this.implementations = List.copyOf(implementations);
        this.metrics = List.copyOf(metrics);
        this.limit = limit;
        this.harness = harness;
        this.jvmOptions = List.copyOf(jvmOptions);
    }

    /// Returns the same in JVMs of other options, which win over those of every fork.
    ///
    /// @param options what to add to the command line
    /// @return the same
    public SideBySide withJvmOptions(String... options) {
        return new SideBySide(
                group, situations, implementations, metrics, limit, harness, List.of(options));
    }

    /// Returns the regimes, one a situation.
    ///
    /// @return the regimes
    public List<Regime> regimes() {
        return situations.stream().map(situation -> (Regime) new Part(this, situation)).toList();
    }

    private Map<Metric, Double> measure(String situation, String implementation, Effort effort) {
        Key key = new Key(situation, implementation);
        if (!measured.containsKey(key)) {
            round(effort);
        }
        Map<Metric, Double> values = measured.remove(key);
        return values == null ? Map.of() : values;
    }

    private void round(Effort effort) {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<String, Future<Properties>> forks = new LinkedHashMap<>();
            for (String implementation : implementations) {
                forks.put(implementation, executor.submit(() -> fork(implementation, effort)));
            }
            for (Map.Entry<String, Future<Properties>> fork : forks.entrySet()) {
                take(fork.getKey(), result(fork.getKey(), fork.getValue()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MeasurementException("was interrupted", e);
        }
    }

    private static Properties result(String implementation, Future<Properties> fork)
            throws InterruptedException {
        try {
            return fork.get();
        } catch (ExecutionException e) {
            String message =
                    e.getCause() instanceof MeasurementException failure
                            ? failure.getMessage()
                            : e.getMessage();
            throw new MeasurementException(implementation + " " + message, e);
        }
    }

    private Properties fork(String implementation, Effort effort) {
        return HarnessFork.run(
                jvmOptions,
                List.of(group, situations.getFirst(), implementation),
                effort,
                limit.apply(effort));
    }

    private void take(String implementation, Properties results) {
        for (String situation : situations) {
            Map<Metric, Double> values = new LinkedHashMap<>();
            for (Metric metric : metrics) {
                String value = results.getProperty(name(situation, metric));
                if (value != null) {
                    values.put(metric, Double.valueOf(value));
                }
            }
            measured.put(new Key(situation, implementation), values);
        }
    }

    private static String name(String situation, Metric metric) {
        return situation + " / " + metric.name();
    }

    /// One of the regimes.
    private record Part(SideBySide whole, String name) implements Regime, ForkedRegime {

        @Override
        public List<String> implementations() {
            return new ArrayList<>(whole.implementations);
        }

        @Override
        public boolean quick() {
            return true;
        }

        @Override
        public boolean measured(String implementation) {
            return whole.measured.containsKey(new Key(name, implementation));
        }

        @Override
        public Map<Metric, Double> measure(String implementation, Effort effort) {
            return whole.measure(name, implementation, effort);
        }

        @Override
        public void measureHere(String implementation, Effort effort, Path results)
                throws Exception {
            Map<String, Double> values = new LinkedHashMap<>();
            whole.harness
                    .measure(implementation, effort)
                    .forEach((situation, figures) ->
                            figures.forEach((metric, value) ->
                                    values.put(SideBySide.name(situation, metric), value)));
            HarnessFork.write(values, results);
        }
    }
}
