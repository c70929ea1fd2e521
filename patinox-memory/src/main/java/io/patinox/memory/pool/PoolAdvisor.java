package io.patinox.memory.pool;

import io.patinox.memory.error.Options;
import io.patinox.memory.monitor.HistogramSnapshot;
import io.patinox.memory.monitor.MetricsSnapshot;
import io.patinox.memory.pool.PoolAdvice.Load;
import io.patinox.memory.pool.PoolAdvice.Verdict;
import java.time.Duration;
import java.util.Locale;

/// Says from two snapshots of a pool's metrics whether its size fits the load between them, and if
/// not, by how much. Stateless; the same snapshots always give the same advice.
///
/// {@snippet file="io/patinox/memory/examples/PoolExamples.java" region="advisor"}
public final class PoolAdvisor {
    /*
     * Little's law: L = lambda W holds for any system over any window, whatever comes in between.
     * In use on average is the time that objects were held, over the window; queued on average is
     * the time that was waited, over the window.
     *
     * For how long objects are held is known by ticks: a lease counts with the ticks of a coarse
     * clock that fell into it. A lease of a tenth of a tick meets one in one of ten times, so the
     * sum is right on average though no single figure is, and no lease pays for a clock. A lease
     * that is still open isn't in the sum; so what is in use at both ends counts at least.
     *
     * How many more objects. Whoever waits for w while objects are held for h had w / h * size
     * leases in front of it, as `size` of them end every h. With so many more objects it would not
     * have waited. This is so for a crowd that comes back (w / h * size + size is then the crowd)
     * and for bursts. Where borrowers time out the queue only says how patient they were; then the
     * offered load is the better bound: arrivals times h, and twice its scatter (its square root,
     * as for arrivals that don't know of each other).
     *
     * More objects help only against waiting for objects. They don't if the pool isn't full
     * (creating is what is waited for), nor if objects are held for much longer than they used to
     * be: then the back end is what is slow, and more at a time make it slower.
     */
    private static final long ENOUGH = 100;
    private static final long ENOUGH_BEFORE = 1_000;
    private static final double BUSY = 0.5;
    private static final double SATURATED = 0.8;
    private static final double MANY_WAIT = 0.05;
    private static final double FEW_WAIT = 0.001;
    private static final double LONG_WAIT = 0.1;
    private static final double SLOWER = 2;
    private static final int SIZE_MAX = 100_000;

    private final String pool;
    private final Load load;
    private final double heldBeforeNanos;

    private PoolAdvisor(String pool, Load load, double heldBeforeNanos) {
        this.pool = pool;
        this.load = load;
        this.heldBeforeNanos = heldBeforeNanos;
    }

    /// Advises on what happened between two snapshots.
    ///
    /// @param earlier metrics of a pool
    /// @param later metrics of the same pool, taken later
    /// @param window the time between the two, from 1 nanosecond to 365 days
    /// @return the advice
    /// @throws io.patinox.memory.error.InvalidOptionException if the snapshots are not of one pool,
    ///   or in the wrong order
    public static PoolAdvice advise(
            MetricsSnapshot earlier, MetricsSnapshot later, Duration window) {
        Options.required("earlier", earlier);
        Options.required("later", later);
        Options.inRange("window", window, Duration.ofNanos(1), Duration.ofDays(365));
        Options.consistent(
                isOfPool(earlier) && isOfPool(later) && earlier.source().equals(later.source()),
                "later",
                later.component() + " " + later.source(),
                "a snapshot of the same pool as earlier, which is of "
                        + earlier.component()
                        + " "
                        + earlier.source(),
                "pass two snapshots from metrics() of one pool");
        long acquiredBefore = counter(earlier, "pool.acquired");
        double heldBefore =
                acquiredBefore < ENOUGH_BEFORE
                        ? 0
                        : (double) histogram(earlier, "pool.usage").sum() / acquiredBefore;
        return new PoolAdvisor(later.source(), load(earlier, later, window), heldBefore).judge();
    }

    private static boolean isOfPool(MetricsSnapshot snapshot) {
        return snapshot.component().equals("pool");
    }

    private static Load load(MetricsSnapshot earlier, MetricsSnapshot later, Duration window) {
        long nanos = window.toNanos();
        long acquired = grown(earlier, later, "pool.acquired");
        long timeouts = grown(earlier, later, "pool.timeouts");
        long refused = timeouts + grown(earlier, later, "pool.unavailable");
        long asked = acquired + refused;
        HistogramSnapshot wait = since(earlier, later, "pool.wait");
        int maxSize = Math.max(1, (int) gauge(later, "pool.max-size"));
        double held = (double) since(earlier, later, "pool.usage").sum() / nanos;
        double inUse = Math.min(maxSize, Math.max(held, atBothEnds(earlier, later, "pool.in-use")));
        double queued = (double) wait.sum() / nanos;
        long waited = Math.min(asked, grown(earlier, later, "pool.acquired.waited") + timeouts);
        return new Load(
                window,
                maxSize,
                (int) gauge(later, "pool.size"),
                asked,
                refused,
                asked == 0 ? 0 : (double) waited / asked,
                inUse,
                Math.max(queued, atBothEnds(earlier, later, "pool.waiting")),
                Duration.ofNanos(acquired == 0 ? 0 : Math.round(inUse * nanos / acquired)),
                Duration.ofNanos(Math.round(wait.mean())),
                Duration.ofNanos(wait.p99()),
                Duration.ofNanos(Math.round(since(earlier, later, "pool.create").mean())),
                grown(earlier, later, "pool.create.failed"));
    }

    private PoolAdvice judge() {
        double busy = load.meanInUse() / load.maxSize();
        boolean full = load.size() >= load.maxSize();
        boolean waitsMatter = doManyWaitLong() || doSomeGoWithout(busy, full);
        boolean creates = !full || (load.createFailures() > 0 && busy < SATURATED);
        if (waitsMatter && creates) {
            return advice(Verdict.LIMITED_BY_BACK_END, load.maxSize(), notFull());
        }
        if (load.acquires() < ENOUGH && !waitsMatter) {
            String text = "only %,d acquires, too few to judge its size".formatted(load.acquires());
            return advice(Verdict.TOO_LITTLE_TRAFFIC, load.maxSize(), text);
        }
        double hold = load.meanHold().toNanos();
        if (waitsMatter && busy >= SATURATED && isSlower(hold)) {
            return advice(Verdict.LIMITED_BY_BACK_END, load.maxSize(), slower());
        }
        if (waitsMatter && (busy >= BUSY || load.waited() >= MANY_WAIT)) {
            int enough = enough();
            return advice(Verdict.TOO_SMALL, enough, tooSmall(enough));
        }
        int needed = withSpare(load.meanInUse(), 3) + 1;
        if (load.waited() < FEW_WAIT && needed * 2 <= load.maxSize()) {
            return advice(Verdict.TOO_LARGE, needed, tooLarge(needed));
        }
        return advice(Verdict.RIGHT_SIZE, load.maxSize(), right());
    }

    /// Many wait, and for a time that counts beside the time for which objects are held.
    private boolean doManyWaitLong() {
        double waitOfAll = load.waited() * load.meanWait().toNanos();
        return load.acquires() >= ENOUGH
                && load.waited() >= MANY_WAIT
                && waitOfAll >= LONG_WAIT * load.meanHold().toNanos();
    }

    /// Some end without an object, of many or because of something that lasts.
    private boolean doSomeGoWithout(double busy, boolean full) {
        return load.refused() > 0 && (load.acquires() >= ENOUGH || busy >= SATURATED || !full);
    }

    private boolean isSlower(double hold) {
        return heldBeforeNanos > 0 && hold >= SLOWER * heldBeforeNanos;
    }

    private int enough() {
        double hold = Math.max(1, load.meanHold().toNanos());
        double byQueue = load.maxSize() * (1 + load.meanWait().toNanos() / hold);
        double size = byQueue;
        if (load.refused() > 0) {
            double offered = load.acquires() * hold / load.window().toNanos();
            size = Math.min(byQueue, withSpare(offered, 2));
        }
        return (int) Math.min(SIZE_MAX, Math.max(load.maxSize() + 1, Math.ceil(size)));
    }

    private static int withSpare(double mean, int times) {
        return (int) Math.min(SIZE_MAX, Math.ceil(mean + times * Math.sqrt(mean)));
    }

    private PoolAdvice advice(Verdict verdict, int size, String why) {
        String sentence =
                "pool '%s', %d objects at most, in %s: %s"
                        .formatted(pool, load.maxSize(), about(load.window()), why);
        return new PoolAdvice(verdict, size, load, sentence);
    }

    private String notFull() {
        String creating =
                load.createFailures() > 0
                        ? "%,d attempts to create one failed".formatted(load.createFailures())
                        : "creating one took " + about(load.meanCreate());
        boolean full = load.size() >= load.maxSize();
        String there = full ? "" : " although only %d were there".formatted(load.size());
        return waits() + there + ": it is limited by the back end, " + creating;
    }

    private String slower() {
        return waits()
                + ", and objects were held for "
                + about(load.meanHold())
                + " instead of "
                + about(Duration.ofNanos(Math.round(heldBeforeNanos)))
                + " before: it is limited by the back end, and more objects would not help";
    }

    private String tooSmall(int enough) {
        return waits()
                + " while %s were in use: it is too small, about %d would do"
                        .formatted(oneDigit(load.meanInUse()), enough);
    }

    private String tooLarge(int needed) {
        return "%s of %,d acquires waited, and %s were in use on average: it is larger than needed,"
                        .formatted(percent(load.waited()), load.acquires(), mean())
                + " %d would do".formatted(needed);
    }

    private String right() {
        return "%s of %,d acquires waited, and %s were in use on average: its size fits"
                .formatted(percent(load.waited()), load.acquires(), mean());
    }

    private String waits() {
        String refused = load.refused() == 0 ? "" : ", %,d got none".formatted(load.refused());
        return "%s of %,d acquires waited%s, for %s on average (99 %% up to %s)"
                .formatted(
                        percent(load.waited()),
                        load.acquires(),
                        refused,
                        about(load.meanWait()),
                        about(load.waitP99()));
    }

    private String mean() {
        return oneDigit(load.meanInUse());
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String oneDigit(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /// A duration with three digits: more would claim to know more.
    private static String about(Duration duration) {
        double nanos = duration.toNanos();
        String[] units = {"ns", "us", "ms", "s"};
        int unit = 0;
        for (; nanos >= 1_000 && unit < units.length - 1; unit++) {
            nanos /= 1_000;
        }
        return String.format(Locale.ROOT, nanos >= 100 ? "%.0f %s" : "%.1f %s", nanos, units[unit]);
    }

    private static HistogramSnapshot since(
            MetricsSnapshot earlier, MetricsSnapshot later, String name) {
        return histogram(later, name).since(histogram(earlier, name));
    }

    private static HistogramSnapshot histogram(MetricsSnapshot snapshot, String name) {
        HistogramSnapshot found = snapshot.histograms().get(name);
        Options.consistent(found != null, "snapshot", snapshot.source(), "metrics of a pool", name);
        return Options.required("snapshot", found);
    }

    private static double atBothEnds(MetricsSnapshot earlier, MetricsSnapshot later, String name) {
        return Math.min(gauge(earlier, name), gauge(later, name));
    }

    private static long gauge(MetricsSnapshot snapshot, String name) {
        return snapshot.gauges().getOrDefault(name, 0L);
    }

    private static long counter(MetricsSnapshot snapshot, String name) {
        return snapshot.counters().getOrDefault(name, 0L);
    }

    private static long grown(MetricsSnapshot earlier, MetricsSnapshot later, String name) {
        long grown = counter(later, name) - counter(earlier, name);
        Options.consistent(
                grown >= 0,
                "later",
                name + " = " + counter(later, name),
                "taken after earlier, where it is " + counter(earlier, name),
                "pass the older snapshot first");
        return grown;
    }
}
