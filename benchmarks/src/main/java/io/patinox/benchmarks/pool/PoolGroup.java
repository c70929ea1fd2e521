package io.patinox.benchmarks.pool;

import io.patinox.benchmarks.door.Bar;
import io.patinox.benchmarks.door.Group;
import io.patinox.benchmarks.door.HarnessRegime;
import io.patinox.benchmarks.door.JmhRegime;
import io.patinox.benchmarks.door.Measurements;
import io.patinox.benchmarks.door.Metric;
import io.patinox.benchmarks.door.Regime;
import io.patinox.benchmarks.door.SampledRegime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The group `pool`.
public final class PoolGroup implements Group {

    private static final String NAME = "pool";
    private static final Duration HOLD = Duration.ofNanos(50_000);

    /// Everybody, us first.
    private static final List<String> ALL =
            List.of(
                    Peers.PATINOX,
                    Peers.PATINOX_PACKED,
                    Peers.PATINOX_OVERTAKING,
                    Peers.STORMPOT,
                    Peers.STORMPOT_VIRTUAL,
                    Peers.HIKARI_BAG,
                    Peers.HIKARI,
                    Peers.COMMONS,
                    Peers.COMMONS_FAIR,
                    Peers.VIBUR,
                    Peers.AGROAL,
                    Peers.SEMAPHORE);

    private final Regime alone = uncontended("1 thread on 8, nobody waits", 1);
    private final Regime pair = uncontended("2 threads on 8, nobody waits", 2);
    private final Regime virtualIdle =
            crowd(
                    "8 virtual threads on 8, nobody waits",
                    new Crowd(8, true, 8, Duration.ZERO),
                    Peers.HIKARI_BAG);
    private final Regime platform =
            crowd(
                    "16 platform threads on 4, hold 50 us",
                    new Crowd(16, false, 4, HOLD),
                    Peers.SEMAPHORE);
    private final Regime virtual =
            crowd(
                    "200 virtual threads on 8, hold 50 us",
                    new Crowd(200, true, 8, HOLD),
                    Peers.SEMAPHORE);
    private final Regime rush =
            crowd(
                    "16 platform threads on 4, no hold",
                    new Crowd(16, false, 4, Duration.ZERO),
                    Peers.PATINOX_OVERTAKING,
                    Peers.HIKARI_BAG,
                    Peers.SEMAPHORE);
    private final Regime virtualRush =
            crowd(
                    "1000 virtual threads on 50, no hold",
                    new Crowd(1_000, true, 50, Duration.ZERO),
                    Peers.SEMAPHORE);
    private final Regime keyed = KeyedCrowd.regime();
    private final Regime memory =
            new HarnessRegime(
                    NAME,
                    "memory",
                    true,
                    List.of(Peers.PATINOX, Peers.PATINOX_PACKED),
                    Footprint.METRICS,
                    new Footprint());

    /// Creates the group, as the service loader does.
    public PoolGroup() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Regime> regimes() {
        return List.of(
                alone, pair, virtualIdle, platform, virtual, rush, virtualRush, keyed, memory);
    }

    @Override
    public List<Bar> bars() {
        List<Bar> bars = new ArrayList<>();
        bars.addAll(nobodyWaits());
        bars.addAll(order("platform", platform));
        bars.add(
                Bar.derived(
                                "platform: busy share above fair semaphore's",
                                "points",
                                m ->
                                        Measurements.combined(
                                                busy(m, Peers.PATINOX),
                                                busy(m, Peers.SEMAPHORE),
                                                (us, semaphore) -> us - semaphore))
                        .atLeast(5));
        bars.add(value("platform: worst wait", platform, CrowdResult.WORST_WAIT).atMost(25));
        bars.addAll(order("virtual", virtual));
        bars.add(value("virtual: busy share", virtual, CrowdResult.BUSY).atLeast(96));
        bars.add(
                against(
                                "virtual: worst wait over fair semaphore's",
                                virtual,
                                CrowdResult.WORST_WAIT)
                        .atMost(1.5));
        bars.add(
                against("platform, no hold: over fair semaphore's", rush, CrowdResult.THROUGHPUT)
                        .atLeast(2.5));
        bars.add(
                over(
                                "platform, no hold: overtaking, over HikariCP's bag",
                                rush,
                                Peers.PATINOX_OVERTAKING,
                                Peers.HIKARI_BAG)
                        .atLeast(0.5));
        bars.add(
                Bar.value(
                                "platform, no hold: overtakings where allowed",
                                rush,
                                CrowdResult.OVERTAKINGS_INSIDE,
                                Peers.PATINOX_OVERTAKING)
                        .atLeast(1));
        bars.add(
                against(
                                "virtual, no hold: over fair semaphore's",
                                virtualRush,
                                CrowdResult.THROUGHPUT)
                        .atLeast(2));
        bars.add(value("pool nodes of a waiter", memory, Footprint.WAITER).atMost(200));
        bars.add(
                value("idle connection besides padding", memory, Footprint.CONNECTION).atMost(100));
        return bars;
    }

    private List<Bar> nobodyWaits() {
        return List.of(
                faster("1 thread: over HikariCP's bag", alone, Peers.HIKARI_BAG).atLeast(1.4),
                faster("1 thread: over Stormpot", alone, Peers.STORMPOT).atLeast(0.7),
                faster("1 thread: over commons-pool2", alone, Peers.COMMONS).atLeast(30),
                value("1 thread: allocation", alone, JmhRegime.ALLOCATION).atMost(24),
                faster("2 threads: over HikariCP's bag", pair, Peers.HIKARI_BAG).atLeast(1.4),
                faster("2 threads: over Stormpot", pair, Peers.STORMPOT).atLeast(0.7),
                Bar.derived(
                                "2 threads: time over 1 thread's",
                                "x",
                                m ->
                                        Measurements.combined(
                                                time(m, pair),
                                                time(m, alone),
                                                (two, one) -> two / one))
                        .atMost(1.3),
                over(
                                "8 virtual threads: over HikariCP's bag",
                                virtualIdle,
                                Peers.PATINOX,
                                Peers.HIKARI_BAG)
                        .atLeast(2));
    }

    private double[] busy(Measurements measurements, String who) {
        return measurements.values(platform.name(), who, CrowdResult.BUSY);
    }

    private static double[] time(Measurements measurements, Regime regime) {
        return measurements.values(regime.name(), Peers.PATINOX, JmhRegime.TIME);
    }

    /// What a crowd that queues can rely on.
    private static List<Bar> order(String crowd, Regime regime) {
        return List.of(
                value(
                                crowd + ": overtakings, counted inside",
                                regime,
                                CrowdResult.OVERTAKINGS_INSIDE)
                        .always(0),
                value(crowd + ": overtaking, seen outside", regime, CrowdResult.OVERTAKING)
                        .atMost(0.01),
                value(crowd + ": fewest over most", regime, CrowdResult.FAIRNESS).atLeast(0.98),
                against(
                                crowd + ": throughput over fair semaphore's",
                                regime,
                                CrowdResult.THROUGHPUT)
                        .atLeast(1));
    }

    private static Bar.Draft value(String name, Regime regime, Metric metric) {
        return Bar.value(name, regime, metric, Peers.PATINOX);
    }

    private static Bar.Draft against(String name, Regime regime, Metric metric) {
        return Bar.ratio(name, regime, metric, Peers.PATINOX, Peers.SEMAPHORE);
    }

    private static Bar.Draft over(String name, Regime regime, String us, String peer) {
        return Bar.ratio(name, regime, CrowdResult.THROUGHPUT, us, peer);
    }

    private static Bar.Draft faster(String name, Regime regime, String peer) {
        return Bar.ratio(name, regime, JmhRegime.TIME, peer, Peers.PATINOX);
    }

    private static Regime uncontended(String name, int threads) {
        Map<String, String> methods = new LinkedHashMap<>();
        methods.put(Peers.PATINOX, "patinox");
        methods.put(Peers.PATINOX_PACKED, "patinoxPacked");
        methods.put(Peers.STORMPOT, "stormpot");
        methods.put(Peers.STORMPOT_VIRTUAL, "stormpotVirtual");
        methods.put(Peers.HIKARI_BAG, "hikariBag");
        methods.put(Peers.HIKARI, "hikari");
        methods.put(Peers.COMMONS, "commons");
        methods.put(Peers.COMMONS_FAIR, "commonsFair");
        methods.put(Peers.VIBUR, "vibur");
        methods.put(Peers.AGROAL, "agroal");
        methods.put(Peers.SEMAPHORE, "semaphore");
        return new SampledRegime(
                new JmhRegime(name, true, threads, UncontendedBenchmark.class, methods),
                List.of(Peers.PATINOX, Peers.STORMPOT, Peers.HIKARI_BAG, Peers.COMMONS));
    }

    /// A crowd, of which the quick run measures us and those that the bars compare us with.
    private static Regime crowd(String name, Crowd crowd, String... compared) {
        List<String> sample = new ArrayList<>(List.of(Peers.PATINOX));
        sample.addAll(List.of(compared));
        return new SampledRegime(
                new HarnessRegime(NAME, name, true, ALL, CrowdResult.METRICS, crowd), sample);
    }
}
