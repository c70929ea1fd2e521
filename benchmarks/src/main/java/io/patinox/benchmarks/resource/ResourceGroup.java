package io.patinox.benchmarks.resource;

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

/// The group `resource`.
public final class ResourceGroup implements Group {

    private static final String NAME = "resource";
    private static final int MILLION = 1_000_000;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String TOUCHED = "-XX:+AlwaysPreTouch";
    private static final String FATAL = "-XX:+ExitOnOutOfMemoryError";

    /// The collector whose heap is counted to the byte after a collection.
    private static final String EXACT = "-XX:+UseSerialGC";

    private static final String[] SMALL = {"-Xms256m", "-Xmx256m"};

    private final Regime alone = lives("1 thread, acquire and close", 1);
    private final Regime pair = lives("2 threads, acquire and close", 2);
    private final Regime live =
            new HarnessRegime(
                            NAME,
                            "1,000,000 alive",
                            true,
                            List.of(Peers.PATINOX, Peers.CLEANER, Peers.NETTY, Peers.PLAIN),
                            Retained.METRICS,
                            new Retained(MILLION))
                    .withJvmOptions(EXACT);
    private final Regime walked =
            new HarnessRegime(
                            NAME,
                            "1 thread, 1,000,000 alive, walked",
                            true,
                            List.of(Peers.PATINOX_OPEN, Peers.PATINOX_BALANCE, Peers.SET),
                            Walked.METRICS,
                            new Walked(MILLION))
                    .withJvmOptions(TOUCHED);
    private final Regime trickle = dropped("1,000,000 dropped one by one, 256 MB", false);
    private final Regime flood = dropped("1,000,000 dropped at once, 256 MB", true);

    /// Creates the group, as the service loader does.
    public ResourceGroup() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Regime> regimes() {
        return List.of(alone, pair, live, walked, trickle, flood);
    }

    @Override
    public List<Bar> bars() {
        List<Bar> bars = new ArrayList<>();
        bars.add(cleaner("1 thread: as fast as Cleaner", alone).atLeast(1));
        bars.add(netty("1 thread: time over Netty's", alone).atMost(1.5));
        bars.add(allocation("1 thread: allocation", alone).atMost(88));
        bars.add(cleaner("2 threads: faster than Cleaner", pair).atLeast(5));
        bars.add(netty("2 threads: time over Netty's", pair).atMost(1.5));
        bars.add(allocation("2 threads: allocation", pair).atMost(88));
        bars.add(Bar.value("alive: retained", live, Retained.RETAINED, Peers.PATINOX).atMost(92));
        bars.addAll(unlocked("balance()", Peers.PATINOX_BALANCE, 50));
        bars.addAll(unlocked("open()", Peers.PATINOX_OPEN, 25));
        bars.addAll(accounted("one by one", trickle));
        bars.addAll(accounted("at once", flood));
        return bars;
    }

    /// A lock held over the walk, or taken in it again and again, leaves next to nothing to those
    /// who acquire meanwhile. A million views have their price too, in memory and collections; so
    /// less is asked beside `open()`.
    private List<Bar> unlocked(String walk, String implementation, int kept) {
        return List.of(
                Bar.value(
                                walk + ": no lock held over the walk, op/s kept",
                                walked,
                                Walked.KEPT,
                                implementation)
                        .atLeast(kept),
                Bar.value(walk + ": unseen of those alive", walked, Walked.UNSEEN, implementation)
                        .always(0));
    }

    /// An OutOfMemoryError ends the fork, and with it the run.
    private static List<Bar> accounted(String dropped, Regime regime) {
        return List.of(
                dropped(dropped + ": closed", regime, Dropped.CLOSED).always(MILLION),
                dropped(dropped + ": counted as cleaned", regime, Dropped.CLEANED).always(MILLION),
                dropped(dropped + ": left open", regime, Dropped.OPEN).always(0),
                dropped(dropped + ": imbalance of the books", regime, Dropped.IMBALANCE).always(0));
    }

    private static Bar.Draft dropped(String name, Regime regime, Metric metric) {
        return Bar.value(name, regime, metric, Peers.PATINOX);
    }

    private static Bar.Draft cleaner(String name, Regime regime) {
        return Bar.ratio(name, regime, JmhRegime.TIME, Peers.CLEANER, Peers.PATINOX);
    }

    private static Bar.Draft netty(String name, Regime regime) {
        return Bar.ratio(name, regime, JmhRegime.TIME, Peers.PATINOX, Peers.NETTY);
    }

    private static Bar.Draft allocation(String name, Regime regime) {
        return Bar.value(name, regime, JmhRegime.ALLOCATION, Peers.PATINOX);
    }

    /// A heap that is touched beforehand, as otherwise the first seconds are spent on its pages,
    /// and a small one, as touching takes time.
    private static Regime lives(String name, int threads) {
        Map<String, String> methods = new LinkedHashMap<>();
        methods.put(Peers.PATINOX, "patinox");
        methods.put(Peers.CLEANER, "cleaner");
        methods.put(Peers.NETTY, "netty");
        methods.put(Peers.PLAIN, "plain");
        return new JmhRegime(name, true, threads, LifeBenchmark.class, methods)
                .withJvmOptions(SMALL[0], SMALL[1], TOUCHED);
    }

    private static Regime dropped(String name, boolean atOnce) {
        return new HarnessRegime(
                        NAME,
                        name,
                        true,
                        List.of(Peers.PATINOX, Peers.CLEANER),
                        Dropped.METRICS,
                        new Dropped(MILLION, atOnce, PATIENCE))
                .withJvmOptions(SMALL[0], SMALL[1], FATAL);
    }
}
