package io.patinox.benchmarks.door;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// A regime measured by JMH: one benchmark method an implementation, one JMH fork a round.
///
/// The method, not a parameter, tells implementations apart, so that each fork compiles exactly the
/// calls a user would write.
public final class JmhRegime implements Regime {

    /// Time of one operation, as seen by one thread.
    public static final Metric TIME = Metric.mean("time", "ns/op");

    /// Bytes allocated by one operation.
    public static final Metric ALLOCATION = Metric.mean("allocation", "B/op");

    private static final String ALLOCATION_RESULT = "gc.alloc.rate.norm";
    private static final int WARMUP_ITERATIONS = 2;
    private static final int MEASUREMENT_ITERATIONS = 3;

    private final String name;
    private final boolean quick;
    private final int threads;
    private final Class<?> benchmark;
    private final Map<String, String> methods;
    private final List<String> jvmOptions;

    /// Creates the regime.
    ///
    /// @param name the regime's name
    /// @param quick whether `--quick` measures it
    /// @param threads how many threads call the method at the same time
    /// @param benchmark the class with the methods
    /// @param methods the method of each implementation, us first
    public JmhRegime(
            String name,
            boolean quick,
            int threads,
            Class<?> benchmark,
            Map<String, String> methods) {
        this(name, quick, threads, benchmark, methods, ForkJvm.JVM_OPTIONS);
    }

    private JmhRegime(
            String name,
            boolean quick,
            int threads,
            Class<?> benchmark,
            Map<String, String> methods,
            List<String> jvmOptions) {
        this.name = name;
        this.quick = quick;
        this.threads = threads;
        this.benchmark = benchmark;
        this.methods = new LinkedHashMap<>(methods);
        this.jvmOptions = List.copyOf(jvmOptions);
    }

    /// Returns the same regime in a JVM of other options, which win over those of every fork.
    ///
    /// @param options what to add to the command line
    /// @return the regime
    public JmhRegime withJvmOptions(String... options) {
        List<String> all = new ArrayList<>(ForkJvm.JVM_OPTIONS);
        all.addAll(List.of(options));
        return new JmhRegime(name, quick, threads, benchmark, methods, all);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> implementations() {
        return List.copyOf(methods.keySet());
    }

    @Override
    public boolean quick() {
        return quick;
    }

    @Override
    public Map<Metric, Double> measure(String implementation, Effort effort) {
        try {
            RunResult result = new Runner(options(implementation, effort)).runSingle();
            Map<Metric, Double> values = new LinkedHashMap<>();
            values.put(TIME, result.getPrimaryResult().getScore());
            Result<?> allocation = result.getSecondaryResults().get(ALLOCATION_RESULT);
            if (allocation != null) {
                values.put(ALLOCATION, allocation.getScore());
            }
            return values;
        } catch (RunnerException e) {
            throw new MeasurementException("JMH says: " + said(e), e);
        }
    }

    /// Returns the messages from the outside in. JMH hangs what a benchmark threw onto its own
    /// exception as suppressed.
    private static String said(Throwable thrown) {
        StringBuilder said = new StringBuilder(String.valueOf(thrown.getMessage()));
        Throwable inner = inside(thrown);
        while (inner != null) {
            said.append("; ").append(inner.getMessage());
            inner = inside(inner);
        }
        return said.toString();
    }

    private static @Nullable Throwable inside(Throwable thrown) {
        if (thrown.getCause() != null) {
            return thrown.getCause();
        }
        return thrown.getSuppressed().length > 0 ? thrown.getSuppressed()[0] : null;
    }

    private Options options(String implementation, Effort effort) {
        String method = methods.getOrDefault(implementation, implementation);
        return new OptionsBuilder()
                .include("^" + Pattern.quote(benchmark.getName() + "." + method) + "$")
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(1)
                .threads(threads)
                .warmupIterations(WARMUP_ITERATIONS)
                .warmupTime(slice(effort.warmup().toMillis(), WARMUP_ITERATIONS))
                .measurementIterations(MEASUREMENT_ITERATIONS)
                .measurementTime(slice(effort.measurement().toMillis(), MEASUREMENT_ITERATIONS))
                .addProfiler(GCProfiler.class)
                .jvmArgs(jvmOptions.toArray(String[]::new))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
    }

    private static TimeValue slice(long millis, int iterations) {
        return TimeValue.milliseconds(Math.max(1, millis / iterations));
    }
}
