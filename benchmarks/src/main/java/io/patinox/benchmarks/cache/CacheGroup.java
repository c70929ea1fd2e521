package io.patinox.benchmarks.cache;

import io.patinox.benchmarks.door.Bar;
import io.patinox.benchmarks.door.BriefRegime;
import io.patinox.benchmarks.door.Group;
import io.patinox.benchmarks.door.HarnessRegime;
import io.patinox.benchmarks.door.JmhRegime;
import io.patinox.benchmarks.door.Measurements;
import io.patinox.benchmarks.door.Metric;
import io.patinox.benchmarks.door.Regime;
import io.patinox.benchmarks.door.SampledRegime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The group `cache`: hits, updates and evictions, bytes, and what a slow load does to others.
public final class CacheGroup implements Group {

    private static final String NAME = "cache";
    private static final int MILLION = 1_000_000;
    private static final int KILOBYTE = 1_024;
    private static final int LARGE_VALUES = 100_000;

    /// Counts to the byte, where the default collector rounds large arrays up.
    private static final String EXACT = "-XX:+UseSerialGC";

    private static final String COMPACT = "-XX:+UseCompactObjectHeaders";

    /// Whom one would use instead of us.
    private static final String[] PEERS = {Peers.CAFFEINE, Peers.CACHE2K};

    private final Regime hits = hits(1);
    private final Regime hits2 = hits(2);
    private final Regime expiring = reads("hits, expiring", Scene.EXPIRING, 1, PEERS);
    private final Regime expiring2 = reads("hits, expiring", Scene.EXPIRING, 2, PEERS);
    private final Regime features = reads("hits, all features", Scene.FEATURES, 1);
    private final Regime features2 = reads("hits, all features", Scene.FEATURES, 2);
    private final Regime hot = reads("hits of one key", Scene.HOT, 2, Peers.CAFFEINE);
    private final Regime mix = regime("75/25", MixBenchmark.class, Scene.RESIDENT, 1, true, PEERS);
    private final Regime mix2 = regime("75/25", MixBenchmark.class, Scene.RESIDENT, 2, true, PEERS);
    private final Regime updates =
            regime("updates", WriteBenchmark.class, Scene.RESIDENT, 1, true, PEERS);
    private final Regime updates2 =
            regime("updates", WriteBenchmark.class, Scene.RESIDENT, 2, true, PEERS);
    private final Regime inserts =
            regime("inserts that evict", WriteBenchmark.class, Scene.FULL, 1, false, PEERS);
    private final Regime inserts2 =
            regime("inserts that evict", WriteBenchmark.class, Scene.FULL, 2, false, PEERS);
    private final Regime plain = memory("1,000,000 entries", Scene.RESIDENT);
    private final Regime mortal = memory("1,000,000 expiring entries", Scene.EXPIRING);
    private final Regime plainCompact =
            memory("1,000,000 entries, compact headers", Scene.RESIDENT, COMPACT);
    private final Regime mortalCompact =
            memory("1,000,000 expiring entries, compact headers", Scene.EXPIRING, COMPACT);
    private final Regime large =
            memory("100,000 values of 1 KB", new Retained(Scene.RESIDENT, LARGE_VALUES, KILOBYTE));
    private final Regime slow =
            new SampledRegime(
                    new HarnessRegime(
                            NAME,
                            "8 loads of 1 s",
                            true,
                            List.of(
                                    Peers.PATINOX,
                                    Peers.CAFFEINE,
                                    Peers.CACHE2K,
                                    Peers.GUAVA,
                                    Peers.MAP),
                            SlowLoad.METRICS,
                            new SlowLoad()),
                    List.of(Peers.PATINOX));

    /// Creates the group, as the service loader does.
    public CacheGroup() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Regime> regimes() {
        return List.of(
                hits,
                hits2,
                expiring,
                expiring2,
                features,
                features2,
                hot,
                mix,
                mix2,
                updates,
                updates2,
                inserts,
                inserts2,
                plain,
                mortal,
                plainCompact,
                mortalCompact,
                large,
                slow);
    }

    @Override
    public List<Bar> bars() {
        List<Bar> bars = new ArrayList<>();
        bars.addAll(bars(hits, "hits, 1 thread"));
        bars.addAll(bars(hits2, "hits, 2 threads"));
        bars.add(time("hits: allocation", hits, JmhRegime.ALLOCATION).atMost(0.01));
        bars.addAll(peers("expiring, 1 thread", expiring, 4, 1));
        bars.addAll(peers("expiring, 2 threads", expiring2, 4, 1));
        bars.add(time("expiring: allocation", expiring, JmhRegime.ALLOCATION).atMost(0.01));
        bars.add(time("all features, 1 thread: time", features, JmhRegime.TIME).atMost(50));
        bars.add(time("all features, 2 threads: time", features2, JmhRegime.TIME).atMost(50));
        bars.add(time("all features: allocation", features, JmhRegime.ALLOCATION).atMost(0.01));
        bars.addAll(peers("75/25, 1 thread", mix, 2, 1));
        bars.addAll(peers("75/25, 2 threads", mix2, 2, 1));
        bars.addAll(peers("updates, 1 thread", updates, 2, 1 / 1.5));
        bars.addAll(peers("updates, 2 threads", updates2, 2, 1 / 1.5));
        bars.addAll(peers("inserts that evict, 1 thread", inserts, 1, 1));
        bars.addAll(peers("inserts that evict, 2 threads", inserts2, 1, 1));
        bars.add(time("bytes per entry", plain, Retained.PER_ENTRY).atMost(64));
        bars.add(time("bytes per expiring entry", mortal, Retained.PER_ENTRY).atMost(80));
        bars.add(
                time("bytes per entry, compact headers", plainCompact, Retained.PER_ENTRY)
                        .atMost(56));
        bars.add(
                time("bytes per expiring entry, compact headers", mortalCompact, Retained.PER_ENTRY)
                        .atMost(72));
        bars.add(time("overhead over values of 1 KB", large, Retained.OVERHEAD).atMost(5));
        bars.add(
                Bar.derived(
                                "slow loads: p99 of other keys, beside over alone",
                                "x",
                                m ->
                                        Measurements.combined(
                                                slow(m, SlowLoad.P99_BESIDE),
                                                slow(m, SlowLoad.P99_ALONE),
                                                (beside, alone) -> beside / alone))
                        .atMost(1.1));
        bars.add(time("slow loads: worst of other keys", slow, SlowLoad.WORST_BESIDE).atMost(500));
        return bars;
    }

    private double[] slow(Measurements measurements, Metric metric) {
        return measurements.values(slow.name(), Peers.PATINOX, metric);
    }

    private static List<Bar> bars(Regime regime, String name) {
        List<Bar> bars = new ArrayList<>(peers(name, regime, 2, 1.2));
        bars.add(
                Bar.ratio(
                                name + ": over ConcurrentHashMap",
                                regime,
                                JmhRegime.TIME,
                                Peers.PATINOX,
                                Peers.MAP)
                        .atMost(1.5));
        bars.add(
                Bar.ratio(
                                name + ": statistics, over none",
                                regime,
                                JmhRegime.TIME,
                                Peers.PATINOX,
                                Peers.PATINOX_QUIET)
                        .atMost(1.05));
        return bars;
    }

    private static List<Bar> peers(String name, Regime regime, double caffeine, double cache2k) {
        return List.of(
                faster(name + ": times as fast as Caffeine", regime, Peers.CAFFEINE)
                        .atLeast(caffeine),
                cache2k < 1
                        ? Bar.ratio(
                                        name + ": over cache2k",
                                        regime,
                                        JmhRegime.TIME,
                                        Peers.PATINOX,
                                        Peers.CACHE2K)
                                .atMost(1 / cache2k)
                        : faster(name + ": times as fast as cache2k", regime, Peers.CACHE2K)
                                .atLeast(cache2k));
    }

    private static Bar.Draft time(String name, Regime regime, Metric metric) {
        return Bar.value(name, regime, metric, Peers.PATINOX);
    }

    private static Bar.Draft faster(String name, Regime regime, String peer) {
        return Bar.ratio(name, regime, JmhRegime.TIME, peer, Peers.PATINOX);
    }

    private static Regime hits(int threads) {
        return reads(
                "hits",
                Scene.RESIDENT,
                threads,
                Peers.PATINOX_QUIET,
                Peers.CAFFEINE,
                Peers.CACHE2K,
                Peers.MAP);
    }

    private static Regime reads(String what, Scene scene, int threads, String... compared) {
        return regime(what, ReadBenchmark.class, scene, threads, true, compared);
    }

    /// A regime of which a quick run measures us and those that the bars compare us with.
    private static Regime regime(
            String what,
            Class<?> benchmark,
            Scene scene,
            int threads,
            boolean map,
            String... compared) {
        Map<String, String> methods = new LinkedHashMap<>();
        methods.put(Peers.PATINOX, "patinox");
        if (benchmark == ReadBenchmark.class) {
            methods.put(Peers.PATINOX_QUIET, "patinoxQuiet");
        }
        methods.put(Peers.CAFFEINE, "caffeine");
        methods.put(Peers.CACHE2K, "cache2k");
        methods.put(Peers.CACHE2K_COUNTING, "cache2kCounting");
        methods.put(Peers.GUAVA, "guava");
        if (map) {
            methods.put(Peers.MAP, "map");
        }
        List<String> sample = new ArrayList<>(List.of(Peers.PATINOX));
        sample.addAll(List.of(compared));
        String name = what + ", " + threads + (threads == 1 ? " thread" : " threads");
        return new SampledRegime(
                new BriefRegime(
                        new JmhRegime(name, true, threads, benchmark, methods)
                                .withJvmOptions(scene.jvmOption())),
                sample);
    }

    private static Regime memory(String name, Scene scene, String... jvmOptions) {
        return memory(name, new Retained(scene, MILLION, 0), jvmOptions);
    }

    private static Regime memory(String name, Retained retained, String... jvmOptions) {
        String[] options = Arrays.copyOf(jvmOptions, jvmOptions.length + 1);
        options[jvmOptions.length] = EXACT;
        return new SampledRegime(
                new HarnessRegime(
                                NAME,
                                name,
                                true,
                                List.of(
                                        Peers.PATINOX,
                                        Peers.CAFFEINE,
                                        Peers.CACHE2K,
                                        Peers.GUAVA,
                                        Peers.MAP),
                                retained.metrics(),
                                retained)
                        .withJvmOptions(options),
                List.of(Peers.PATINOX));
    }
}
