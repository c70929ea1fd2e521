package io.patinox.benchmarks.pool;

import io.patinox.benchmarks.door.Bar;
import io.patinox.benchmarks.door.Group;
import io.patinox.benchmarks.door.HarnessRegime;
import io.patinox.benchmarks.door.JmhRegime;
import io.patinox.benchmarks.door.Metric;
import io.patinox.benchmarks.door.Regime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The group `pool`.
public final class PoolGroup implements Group {

    private static final String NAME = "pool";
    private static final Duration HOLD = Duration.ofNanos(50_000);

    private static final List<String> QUEUES =
            List.of(
                    Peers.PATINOX,
                    Peers.HIKARI,
                    Peers.COMMONS,
                    Peers.COMMONS_FAIR,
                    Peers.SEMAPHORE);

    private final Regime alone = uncontended("1 thread on 8, nobody waits", 1);
    private final Regime pair = uncontended("2 threads on 8, nobody waits", 2);
    private final Regime platform =
            crowd("16 platform threads on 4, hold 50 us", true, new Crowd(16, false, 4, HOLD));
    private final Regime virtual =
            crowd("200 virtual threads on 8, hold 50 us", true, new Crowd(200, true, 8, HOLD));
    private final Regime rush =
            crowd(
                    "16 platform threads on 4, no hold",
                    true,
                    new Crowd(16, false, 4, Duration.ZERO));
    private final Regime virtualRush =
            crowd(
                    "1000 virtual threads on 50, no hold",
                    false,
                    new Crowd(1_000, true, 50, Duration.ZERO));

    /// Creates the group, as the service loader does.
    public PoolGroup() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Regime> regimes() {
        return List.of(alone, pair, platform, virtual, rush, virtualRush);
    }

    @Override
    public List<Bar> bars() {
        List<Bar> bars = new ArrayList<>();
        bars.add(faster("1 thread: as fast as HikariCP", alone, Peers.HIKARI).atLeast(1));
        bars.add(faster("1 thread: as fast as HikariCP's bag", alone, Peers.HIKARI_BAG).atLeast(1));
        bars.add(faster("1 thread: faster than commons-pool2", alone, Peers.COMMONS).atLeast(5));
        bars.add(value("1 thread: allocation", alone, JmhRegime.ALLOCATION).atMost(24));
        bars.add(faster("2 threads: as fast as HikariCP", pair, Peers.HIKARI).atLeast(1));
        bars.addAll(order("platform", platform));
        bars.add(value("platform: worst wait", platform, CrowdResult.WORST_WAIT).atMost(25));
        bars.addAll(order("virtual", virtual));
        bars.add(
                Bar.ratio(
                                "virtual: worst wait over fair semaphore's",
                                virtual,
                                CrowdResult.WORST_WAIT,
                                Peers.PATINOX,
                                Peers.SEMAPHORE)
                        .atMost(1.5));
        bars.add(
                against("no hold: throughput over fair semaphore's", rush, CrowdResult.THROUGHPUT));
        return bars;
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
                against(crowd + ": busy share over fair semaphore's", regime, CrowdResult.BUSY));
    }

    private static Bar.Draft value(String name, Regime regime, Metric metric) {
        return Bar.value(name, regime, metric, Peers.PATINOX);
    }

    private static Bar against(String name, Regime regime, Metric metric) {
        return Bar.ratio(name, regime, metric, Peers.PATINOX, Peers.SEMAPHORE).atLeast(1);
    }

    private static Bar.Draft faster(String name, Regime regime, String peer) {
        return Bar.ratio(name, regime, JmhRegime.TIME, peer, Peers.PATINOX);
    }

    private static Regime uncontended(String name, int threads) {
        Map<String, String> methods = new LinkedHashMap<>();
        methods.put(Peers.PATINOX, "patinox");
        methods.put(Peers.HIKARI, "hikari");
        methods.put(Peers.HIKARI_BAG, "hikariBag");
        methods.put(Peers.COMMONS, "commons");
        methods.put(Peers.COMMONS_FAIR, "commonsFair");
        methods.put(Peers.SEMAPHORE, "semaphore");
        return new JmhRegime(name, true, threads, UncontendedBenchmark.class, methods);
    }

    private static Regime crowd(String name, boolean quick, Crowd crowd) {
        return new HarnessRegime(NAME, name, quick, QUEUES, CrowdResult.METRICS, crowd);
    }
}
