package io.patinox.benchmarks.config;

import io.patinox.benchmarks.door.Effort;
import io.patinox.benchmarks.door.Metric;
import io.patinox.benchmarks.door.SideBySide;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/// The save-style scoreboard of one reader: a folder, a file and a reader for each style, all at
/// the same time, as they mostly wait.
final class Saves implements SideBySide.Harness {

    static final Metric SAVES = Metric.mean("saves", "");
    static final Metric TORN = Metric.largest("torn", "");
    static final Metric EMPTY = Metric.largest("empty", "");
    static final Metric MISSING = Metric.largest("missing", "");
    static final Metric STALE = Metric.largest("stale", "");
    static final Metric MISSED = Metric.largest("missed", "");
    static final Metric MEDIAN = Metric.mean("median", "ms");
    static final Metric P99 = Metric.mean("p99", "ms");
    static final Metric WORST = Metric.largest("worst", "ms");
    static final Metric KEPT = Metric.smallest("last good kept", "%");
    static final Metric ALIVE = Metric.smallest("alive", "%");

    static final Metric STALL = Metric.largest("stall", "ms");

    static final List<Metric> METRICS =
            List.of(
                    SAVES, TORN, EMPTY, MISSING, STALE, MISSED, MEDIAN, P99, WORST, KEPT, ALIVE,
                    STALL);

    /// The situation that sums all styles up.
    static final String ALL = "saves: all styles";

    private static final int PUBLISHED = 300;
    private static final int SAMPLED = 30;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double PERCENT = 100;

    /// Between the beginnings of the styles, so that they don't save in step.
    private static final long STAGGER_MILLIS = 70;

    private final List<SaveStyle> styles;
    private final SavePace pace;

    /// Creates the scoreboard.
    ///
    /// @param styles which styles
    /// @param pace how fast
    Saves(List<SaveStyle> styles, SavePace pace) {
        this.styles = List.copyOf(styles);
        this.pace = pace;
    }

    /// Returns the situations: all styles together, and each.
    static List<String> situations() {
        List<String> situations = new ArrayList<>();
        situations.add(ALL);
        SaveStyle.all().stream().map(Saves::situation).forEach(situations::add);
        return situations;
    }

    private static String situation(SaveStyle style) {
        return "saves: " + style.label();
    }

    /// Returns how many saves a style gets: as many as are promised, or a tenth.
    static int number(Effort effort) {
        if (effort.measurement().compareTo(Effort.FULL.measurement()) >= 0) {
            return PUBLISHED;
        }
        return effort.measurement().compareTo(Effort.QUICK.measurement()) >= 0 ? SAMPLED : 1;
    }

    @Override
    public Map<String, Map<Metric, Double>> measure(String implementation, Effort effort)
            throws Exception {
        return measure(Peers.reader(implementation), number(effort));
    }

    /// Measures any reader.
    ///
    /// @param factory sets it up
    /// @param number how many saves a style gets
    /// @return the numbers of each situation
    /// @throws Exception when the file system or the library fails
    Map<String, Map<Metric, Double>> measure(ConfigReader.Factory factory, int number)
            throws Exception {
        Map<SaveStyle, SaveRun.Outcome> outcomes = run(factory, number);
        Map<String, Map<Metric, Double>> situations = new LinkedHashMap<>();
        situations.put(ALL, metrics(outcomes.values()));
        outcomes.forEach(
                (style, outcome) -> situations.put(situation(style), metrics(List.of(outcome))));
        return situations;
    }

    private Map<SaveStyle, SaveRun.Outcome> run(ConfigReader.Factory factory, int number)
            throws Exception {
        Path root = Files.createTempDirectory("patinox-saves");
        try (ExecutorService executor =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory())) {
            Map<SaveStyle, Future<SaveRun.Outcome>> futures = new LinkedHashMap<>();
            for (SaveStyle style : styles) {
                Path folder = Files.createDirectory(root.resolve("style" + futures.size()));
                Callable<SaveRun.Outcome> run =
                        () -> new SaveRun(style, pace, factory).run(folder, number);
                futures.put(style, executor.submit(run));
                Thread.sleep(STAGGER_MILLIS);
            }
            Map<SaveStyle, SaveRun.Outcome> outcomes = new LinkedHashMap<>();
            for (Map.Entry<SaveStyle, Future<SaveRun.Outcome>> entry : futures.entrySet()) {
                outcomes.put(entry.getKey(), entry.getValue().get());
            }
            return outcomes;
        } finally {
            delete(root);
        }
    }

    private static void delete(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(file);
            }
        }
    }

    private static Map<Metric, Double> metrics(Collection<SaveRun.Outcome> outcomes) {
        List<Journal.Tally> tallies = outcomes.stream().map(SaveRun.Outcome::tally).toList();
        Map<Metric, Double> metrics = new LinkedHashMap<>();
        metrics.put(SAVES, sum(tallies, Journal.Tally::saves));
        metrics.put(TORN, sum(tallies, Journal.Tally::torn));
        metrics.put(EMPTY, sum(tallies, Journal.Tally::empty));
        metrics.put(MISSING, sum(tallies, Journal.Tally::missing));
        metrics.put(STALE, sum(tallies, Journal.Tally::stale));
        metrics.put(MISSED, sum(tallies, Journal.Tally::missed));
        double[] millis =
                tallies.stream()
                        .flatMap(tally -> tally.delays().stream())
                        .mapToDouble(delay -> delay / NANOS_PER_MILLI)
                        .sorted()
                        .toArray();
        if (millis.length > 0) {
            metrics.put(MEDIAN, quantile(millis, 0.5));
            metrics.put(P99, quantile(millis, 0.99));
            metrics.put(WORST, millis[millis.length - 1]);
        }
        metrics.put(KEPT, share(tallies.stream().map(tally -> !tally.lost()).toList()));
        metrics.put(ALIVE, share(outcomes.stream().map(SaveRun.Outcome::alive).toList()));
        metrics.put(
                STALL,
                outcomes.stream().mapToLong(SaveRun.Outcome::stallNanos).max().orElse(0)
                        / NANOS_PER_MILLI);
        return metrics;
    }

    private static double sum(List<Journal.Tally> tallies, ToIntFunction<Journal.Tally> count) {
        return tallies.stream().mapToInt(count).sum();
    }

    /// The smallest value that at least the share does not exceed.
    private static double quantile(double[] sorted, double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }

    private static double share(List<Boolean> all) {
        return PERCENT * all.stream().filter(Boolean::booleanValue).count() / all.size();
    }
}
