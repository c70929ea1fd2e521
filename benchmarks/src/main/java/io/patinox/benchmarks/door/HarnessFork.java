package io.patinox.benchmarks.door;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/// The main class of the JVM in which a [ForkedRegime] measures one implementation once, and the
/// way to start it.
final class HarnessFork {

    private HarnessFork() {}

    /// Measures in a JVM of its own, and blocks until it is done.
    ///
    /// @param jvmOptions options beyond those of every fork
    /// @param who group, regime and implementation
    /// @param effort how long
    /// @param limit after which the fork counts as hung
    /// @return what [#write] wrote there
    /// @throws MeasurementException when the fork fails
    static Properties run(
            List<String> jvmOptions, List<String> who, Effort effort, Duration limit) {
        try {
            Path results = Files.createTempFile("patinox-bench", ".properties");
            results.toFile().deleteOnExit();
            try {
                List<String> arguments = new ArrayList<>(who);
                arguments.add(effort.warmup().toString());
                arguments.add(effort.measurement().toString());
                arguments.add(results.toString());
                ForkJvm.run(jvmOptions, HarnessFork.class, arguments, limit);
                Properties properties = new Properties();
                try (Reader reader = Files.newBufferedReader(results)) {
                    properties.load(reader);
                }
                return properties;
            } finally {
                Files.deleteIfExists(results);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Leaves the numbers for the process that started the fork.
    ///
    /// @param values the numbers by name
    /// @param results the file
    /// @throws IOException when it cannot be written
    static void write(Map<String, Double> values, Path results) throws IOException {
        Properties properties = new Properties();
        values.forEach((name, value) -> properties.setProperty(name, value.toString()));
        try (Writer writer = Files.newBufferedWriter(results)) {
            properties.store(writer, null);
        }
    }

    /// Measures and ends.
    ///
    /// @param args group, regime, implementation, warm-up, measurement, file for the results
    /// @throws Exception when measuring fails: the trace goes to the fork's log
    public static void main(String[] args) throws Exception {
        String name = args[1];
        Regime regime =
                Groups.load().named(args[0]).regimes().stream()
                        .filter(candidate -> candidate.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new UsageException("There is no regime " + name));
        Regime full = regime instanceof SampledRegime sampled ? sampled.full() : regime;
        if (!(full instanceof ForkedRegime measured)) {
            throw new UsageException("The regime " + name + " has no harness");
        }
        Effort effort =
                new Effort(1, Duration.parse(args[3]), Duration.parse(args[4]), Duration.ZERO);
        measured.measureHere(args[2], effort, Path.of(args[5]));
        // what was measured may have left threads behind, which must not keep the fork alive
        System.exit(0);
    }
}
