package io.patinox.benchmarks.share;

import io.patinox.benchmarks.door.Bar;
import io.patinox.benchmarks.door.Group;
import io.patinox.benchmarks.door.JmhRegime;
import io.patinox.benchmarks.door.Metric;
import io.patinox.benchmarks.door.Regime;
import io.patinox.benchmarks.door.SampledRegime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The comparisons of sharing: reading a value, handing it on, reading what may change.
public final class ShareGroup implements Group {
    static final String PATINOX = "patinox";
    static final String FIELD = "volatile field";
    static final String REFERENCE = "AtomicReference";
    static final String COUNT = "reference count";
    static final String STAMPED = "StampedLock";
    static final String READ_WRITE = "ReentrantReadWriteLock";
    static final String COUNTED = "patinox, reads counted";
    static final String IN_PLACE = "patinox, in place";

    /// Sharing allocates as fast as the machine can. A heap of which every page was touched before
    /// keeps the operating system's page faults out of the figures; it is the same for everybody.
    private static final String[] TOUCHED = {"-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch"};

    private final Regime get = get(1);
    private final Regime get2 = get(2);
    private final Regime share = share(1);
    private final Regime share2 = share(2);
    private final Regime read = read(1);
    private final Regime read2 = read(2);

    /// Creates the group, as the service loader does.
    public ShareGroup() {}

    @Override
    public String name() {
        return "share";
    }

    @Override
    public List<Regime> regimes() {
        return List.of(get, get2, share, share2, read, read2);
    }

    @Override
    public List<Bar> bars() {
        return List.of(
                over("get, 1 thread: over a volatile read", get, FIELD).atMost(1.1),
                over("get, 2 threads: over a volatile read", get2, FIELD).atMost(1.1),
                value("get: allocation", get, JmhRegime.ALLOCATION).atMost(0.01),
                value("share, 1 thread: time", share, JmhRegime.TIME).atMost(5),
                value("share, 2 threads: time", share2, JmhRegime.TIME).atMost(5),
                faster("share, 2 threads: faster than a count", share2, COUNT).atLeast(5),
                value("share: allocation", share, JmhRegime.ALLOCATION).atMost(24.1),
                faster("read, 1 thread: as fast as StampedLock", read, STAMPED).atLeast(1),
                faster("read, 2 threads: as fast as StampedLock", read2, STAMPED).atLeast(1),
                faster("read, 2 threads: faster than a read lock", read2, READ_WRITE).atLeast(50),
                value("read: allocation", read, JmhRegime.ALLOCATION).atMost(0.01));
    }

    private static Bar.Draft value(String name, Regime regime, Metric metric) {
        return Bar.value(name, regime, metric, PATINOX);
    }

    private static Bar.Draft over(String name, Regime regime, String peer) {
        return Bar.ratio(name, regime, JmhRegime.TIME, PATINOX, peer);
    }

    private static Bar.Draft faster(String name, Regime regime, String peer) {
        return Bar.ratio(name, regime, JmhRegime.TIME, peer, PATINOX);
    }

    private static String named(String what, int threads) {
        return what + ", " + threads + (threads == 1 ? " thread" : " threads");
    }

    private static Regime get(int threads) {
        Map<String, String> methods = new LinkedHashMap<>();
        methods.put(PATINOX, "patinox");
        methods.put(FIELD, "field");
        methods.put(REFERENCE, "reference");
        return sampled(
                new JmhRegime(named("get", threads), true, threads, GetBenchmark.class, methods),
                REFERENCE);
    }

    private static Regime share(int threads) {
        Map<String, String> methods = new LinkedHashMap<>();
        methods.put(PATINOX, "patinox");
        methods.put(COUNT, "referenceCount");
        return new JmhRegime(named("share", threads), true, threads, ShareBenchmark.class, methods)
                .withJvmOptions(TOUCHED);
    }

    private static Regime read(int threads) {
        Map<String, String> methods = new LinkedHashMap<>();
        methods.put(PATINOX, "patinox");
        methods.put(STAMPED, "stamped");
        methods.put(READ_WRITE, "readWrite");
        methods.put(COUNTED, "counted");
        methods.put(IN_PLACE, "inPlace");
        return sampled(
                new JmhRegime(named("read", threads), true, threads, ReadBenchmark.class, methods),
                COUNTED,
                IN_PLACE);
    }

    /// Those whom no bar names are measured in full runs only.
    private static Regime sampled(Regime full, String... fullOnly) {
        List<String> sample = new ArrayList<>(full.implementations());
        sample.removeAll(List.of(fullOnly));
        return new SampledRegime(full, sample);
    }
}
