package io.patinox.benchmarks.config;

import io.patinox.benchmarks.door.Bar;
import io.patinox.benchmarks.door.Effort;
import io.patinox.benchmarks.door.Group;
import io.patinox.benchmarks.door.JmhRegime;
import io.patinox.benchmarks.door.Metric;
import io.patinox.benchmarks.door.Regime;
import io.patinox.benchmarks.door.SampledRegime;
import io.patinox.benchmarks.door.SideBySide;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The group `config`.
public final class ConfigGroup implements Group {

    private static final String NAME = "config";

    /// Readers of one file need little, and many of them run at once.
    private static final String[] SMALL = {"-Xms64m", "-Xmx128m"};

    private final Regime read = read("read, 1 thread", 1);
    private final Regime read2 = read("read, 2 threads", 2);
    private final List<Regime> saves =
            new SideBySide(
                            NAME,
                            Saves.situations(),
                            Peers.READERS,
                            Saves.METRICS,
                            ConfigGroup::limit,
                            new Saves(SaveStyle.all(), SavePace.HUMAN))
                    .withJvmOptions(SMALL)
                    .regimes();

    /// Creates the group, as the service loader does.
    public ConfigGroup() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Regime> regimes() {
        List<Regime> regimes = new ArrayList<>(List.of(read, read2));
        regimes.addAll(saves);
        return regimes;
    }

    @Override
    public List<Bar> bars() {
        List<Bar> bars = new ArrayList<>();
        bars.addAll(reads("1 thread", read));
        bars.addAll(reads("2 threads", read2));
        Regime all = saves.getFirst();
        bars.add(ours("saves: torn", all, Saves.TORN).always(0));
        bars.add(ours("saves: empty", all, Saves.EMPTY).always(0));
        bars.add(ours("saves: missing", all, Saves.MISSING).always(0));
        bars.add(ours("saves: stale", all, Saves.STALE).always(0));
        bars.add(ours("saves: missed", all, Saves.MISSED).always(0));
        bars.add(ours("saves: worst time to see", all, Saves.WORST).atMost(1_000));
        bars.add(ours("saves: last good kept", all, Saves.KEPT).always(100));
        bars.add(ours("saves: alive after a broken file", all, Saves.ALIVE).always(100));
        return bars;
    }

    private static List<Bar> reads(String threads, Regime regime) {
        return List.of(
                Bar.ratio(
                                "read, " + threads + ": over a volatile field",
                                regime,
                                JmhRegime.TIME,
                                Peers.PATINOX,
                                Peers.FIELD)
                        .atMost(1.2),
                faster(threads, regime, Peers.SMALLRYE),
                faster(threads, regime, Peers.GESTALT),
                faster(threads, regime, Peers.TYPESAFE),
                faster(threads, regime, Peers.COMMONS),
                ours("read, " + threads + ": allocation", regime, JmhRegime.ALLOCATION)
                        .atMost(0.01));
    }

    private static Bar faster(String threads, Regime regime, String peer) {
        return Bar.ratio(
                        "read, " + threads + ": faster than " + peer,
                        regime,
                        JmhRegime.TIME,
                        peer,
                        Peers.PATINOX)
                .atLeast(20);
    }

    private static Bar.Draft ours(String name, Regime regime, Metric metric) {
        return Bar.value(name, regime, metric, Peers.PATINOX);
    }

    private static Regime read(String name, int threads) {
        Map<String, String> methods = new LinkedHashMap<>();
        methods.put(Peers.PATINOX, "patinox");
        methods.put(Peers.FIELD, "field");
        methods.put(Peers.REFERENCE, "reference");
        methods.put(Peers.SMALLRYE, "smallRye");
        methods.put(Peers.GESTALT, "gestalt");
        methods.put(Peers.TYPESAFE, "typesafe");
        methods.put(Peers.COMMONS, "commons");
        Regime full = new JmhRegime(name, true, threads, ReadBenchmark.class, methods);
        List<String> sample = new ArrayList<>(full.implementations());
        sample.remove(Peers.REFERENCE);
        return new SampledRegime(full, sample);
    }

    /// How long a fork may take: a save lasts less than a second on average, pauses included.
    static Duration limit(Effort effort) {
        return Duration.ofMinutes(2).plusSeconds(2L * Saves.number(effort));
    }
}
