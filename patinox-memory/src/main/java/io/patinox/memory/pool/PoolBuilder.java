package io.patinox.memory.pool;

import io.patinox.memory.error.Options;
import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.monitor.Ticker;
import io.patinox.memory.pool.internal.ObjectPool;
import io.patinox.memory.pool.internal.PoolSettings;
import io.patinox.memory.resource.ResourceRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Builds a [Pool]. Every option has a default; [#build()] checks them all.
///
/// {@snippet file="io/patinox/memory/examples/PoolExamples.java" region="build"}
///
/// Not thread-safe. A builder may be used again for another pool.
///
/// @param <C> the type of the pooled objects
public final class PoolBuilder<C> {
    private static final int WAITING_MAX = 10_000_000;
    private static final AtomicInteger UNNAMED = new AtomicInteger();

    private final ConnectionManager<C> manager;
    private @Nullable String name;
    private int maxSize = 10;
    private int minSize;
    private int createConcurrency = 2;
    private int initialSize;
    private int failFastAfter;
    private Duration startTimeout = Duration.ZERO;
    private Duration firstPause = Duration.ofMillis(20);
    private Duration longestPause = Duration.ofSeconds(1);
    private int maxWaiting = WAITING_MAX;
    private NestedAcquire nestedAcquire = NestedAcquire.REPORT;
    private Reuse reuse = Reuse.WARM;
    private @Nullable PoolTracer<? super C> tracer;
    private long maxUses;
    private int siteSampling = 128;
    private Striping striping = Striping.AUTOMATIC;
    private int maxOvertaking;
    private Duration acquireTimeout = Duration.ofSeconds(30);
    private Duration createTimeout = Duration.ofSeconds(10);
    private Duration validationTimeout = Duration.ofSeconds(5);
    private Duration validationBypass = Duration.ofMillis(500);
    private Duration idleTimeout = Duration.ofMinutes(10);
    private Duration maxLifetime = Duration.ofMinutes(30);
    private Duration leakThreshold = Duration.ZERO;
    private double lifetimeJitter = 0.1;
    private Duration keepaliveInterval = Duration.ofMinutes(2);
    private boolean validateOnReturn;
    private Duration closeTimeout = Duration.ofSeconds(30);
    private Monitor monitor = Monitor.noop();
    private Ticker ticker = Ticker.system();
    private @Nullable ResourceRegistry registry;

    PoolBuilder(ConnectionManager<C> manager) {
        this.manager = Options.required("manager", manager);
    }

    /// Sets the name of the pool, as it stands in metrics, events, errors and thread names.
    /// Default: `pool-N`.
    ///
    /// @param name 1 to 100 letters, digits and `. _ - :`
    /// @return this builder
    public PoolBuilder<C> name(String name) {
        this.name = Options.name("name", name);
        return this;
    }

    /// Sets how many objects the pool may have, idle and in use. Default: 10.
    ///
    /// @param maxSize from 1 to 100,000
    /// @return this builder
    public PoolBuilder<C> maxSize(int maxSize) {
        this.maxSize = maxSize;
        return this;
    }

    /// Sets how many objects the pool creates without being asked and keeps although they are idle.
    /// Default: 0.
    ///
    /// @param minSize from 0 to `maxSize`
    /// @return this builder
    public PoolBuilder<C> minSize(int minSize) {
        this.minSize = minSize;
        return this;
    }

    /// Sets how long an acquire waits. Default: 30 seconds.
    ///
    /// @param acquireTimeout from zero (fail at once unless an object is idle) to 365 days
    /// @return this builder
    public PoolBuilder<C> acquireTimeout(Duration acquireTimeout) {
        this.acquireTimeout = acquireTimeout;
        return this;
    }

    /// Sets how long one attempt to create an object may take. An attempt that takes longer is
    /// interrupted and given up; what it still creates is destroyed. Default: 10 seconds.
    ///
    /// @param createTimeout from 1 millisecond to 365 days
    /// @return this builder
    public PoolBuilder<C> createTimeout(Duration createTimeout) {
        this.createTimeout = createTimeout;
        return this;
    }

    /// Sets how many objects may be created at the same time. Default: 2.
    ///
    /// @param createConcurrency from 1 to 1,000
    /// @return this builder
    public PoolBuilder<C> createConcurrency(int createConcurrency) {
        this.createConcurrency = createConcurrency;
        return this;
    }

    /// Sets the pause before the next attempt to create an object when one has failed: drawn by lot
    /// between zero and a limit that doubles with every further failure. The first success ends it.
    /// Default: 20 milliseconds, doubling to 1 second.
    ///
    /// @param first the limit after the first failure, from 1 millisecond to `longest`
    /// @param longest the largest limit, up to 365 days
    /// @return this builder
    public PoolBuilder<C> createBackoff(Duration first, Duration longest) {
        this.firstPause = first;
        this.longestPause = longest;
        return this;
    }

    /// Sets how many objects are created at the start, at most [#createConcurrency(int)] at a time.
    /// Unlike `minSize` they are created once: those that stay idle are retired, and not replaced.
    /// Default: 0.
    ///
    /// @param initialSize from 0 to `maxSize`
    /// @return this builder
    public PoolBuilder<C> initialSize(int initialSize) {
        this.initialSize = initialSize;
        return this;
    }

    /// Sets how long [#build()] waits until `initialSize` objects, or at least one, are there. An
    /// attempt that fails is tried again within that time. When it is over, `build` closes what it
    /// made and throws what the last attempt failed with. Default: zero, `build` returns at once
    /// and the objects are created in the background, for as long as it takes.
    ///
    /// @param startTimeout from 1 millisecond to 365 days, or zero
    /// @return this builder
    public PoolBuilder<C> startTimeout(Duration startTimeout) {
        this.startTimeout = startTimeout;
        return this;
    }

    /// Sets after how many failed attempts in a row to create an object, with none left in the
    /// pool, everybody who waits and everybody who comes fails at once with `POOL-UNAVAILABLE`,
    /// instead of waiting for its own timeout. The pool goes on with one attempt at a time; the
    /// first that succeeds ends it. Default: 0, never.
    ///
    /// @param failures from 1 to 1,000,000, or 0 for never
    /// @return this builder
    public PoolBuilder<C> failFastAfter(int failures) {
        this.failFastAfter = failures;
        return this;
    }

    /// Sets how long one call of [ConnectionManager#validate] may take; longer counts as invalid.
    /// Default: 5 seconds.
    ///
    /// @param validationTimeout from 1 millisecond to 365 days
    /// @return this builder
    public PoolBuilder<C> validationTimeout(Duration validationTimeout) {
        this.validationTimeout = validationTimeout;
        return this;
    }

    /// Sets for how long after its last use an object is lent without being validated. The time is
    /// read from a clock that lags by up to 100 milliseconds. Default: 500 milliseconds.
    ///
    /// @param validationBypass from zero (validate each time) to 365 days
    /// @return this builder
    public PoolBuilder<C> validationBypass(Duration validationBypass) {
        this.validationBypass = validationBypass;
        return this;
    }

    /// Sets how long an object may be idle before it is retired, if there are more than `minSize`,
    /// and more than were in use at once within that time. Looked at every half second; a large
    /// surplus goes in portions. Default: 10 minutes.
    ///
    /// @param idleTimeout from 1 millisecond to 365 days, or zero for never
    /// @return this builder
    public PoolBuilder<C> idleTimeout(Duration idleTimeout) {
        this.idleTimeout = idleTimeout;
        return this;
    }

    /// Sets how long an object may live. Each object draws its own limit, shorter by up to
    /// [#lifetimeJitter(double)], so that objects created together aren't replaced together. An
    /// object in use is retired when it comes back. Default: 30 minutes.
    ///
    /// @param maxLifetime from 1 millisecond to 365 days, or zero for ever
    /// @return this builder
    public PoolBuilder<C> maxLifetime(Duration maxLifetime) {
        this.maxLifetime = maxLifetime;
        return this;
    }

    /// Sets by which part of `maxLifetime` the lifetime of an object is shortened at the most; how
    /// far is drawn once for each object. Default: 0.1.
    ///
    /// @param lifetimeJitter from 0 (all live equally long) to 0.5
    /// @return this builder
    public PoolBuilder<C> lifetimeJitter(double lifetimeJitter) {
        this.lifetimeJitter = lifetimeJitter;
        return this;
    }

    /// Sets how often an object may be lent. It is retired when it comes back for the last time.
    /// Default: 0.
    ///
    /// @param maxUses from 1, or 0 for any number of times
    /// @return this builder
    public PoolBuilder<C> maxUses(long maxUses) {
        this.maxUses = maxUses;
        return this;
    }

    /// Sets after how long idle objects are validated in the background, so that a connection that
    /// died while it was idle is replaced before anybody wants it, and a firewall sees traffic.
    /// Each object draws by how much earlier it is its turn, up to a quarter, and few are looked at
    /// at the same time. An object that proves unfit is retired, and no other; but after two in a
    /// row the rest is looked at without delay. Default: 2 minutes.
    ///
    /// @param keepaliveInterval from 1 millisecond to 365 days, or zero for never
    /// @return this builder
    public PoolBuilder<C> keepaliveInterval(Duration keepaliveInterval) {
        this.keepaliveInterval = keepaliveInterval;
        return this;
    }

    /// Sets whether objects are validated when they come back. It happens on a thread of the pool,
    /// after [ConnectionManager#recycle]; the object can't be lent meanwhile, and closing the lease
    /// doesn't wait for it. Default: false.
    ///
    /// @param validateOnReturn true to validate
    /// @return this builder
    public PoolBuilder<C> validateOnReturn(boolean validateOnReturn) {
        this.validateOnReturn = validateOnReturn;
        return this;
    }

    /// Sets all that can be changed later at once, as read from a configuration.
    ///
    /// @param tuning what the pool begins with
    /// @return this builder
    public PoolBuilder<C> tuning(PoolTuning tuning) {
        Options.required("tuning", tuning);
        minSize = tuning.minSize();
        maxSize = tuning.maxSize();
        acquireTimeout = tuning.acquireTimeout();
        createTimeout = tuning.createTimeout();
        validationTimeout = tuning.validationTimeout();
        validationBypass = tuning.validationBypass();
        idleTimeout = tuning.idleTimeout();
        maxLifetime = tuning.maxLifetime();
        lifetimeJitter = tuning.lifetimeJitter();
        maxUses = tuning.maxUses();
        keepaliveInterval = tuning.keepaliveInterval();
        validateOnReturn = tuning.validateOnReturn();
        leakThreshold = tuning.leakThreshold();
        return this;
    }

    /// Sets how long a lease may be held before it is reported, once, with the present stack of its
    /// holder. Nothing is taken away from the holder. Default: zero.
    ///
    /// @param leakThreshold from 1 millisecond to 365 days, or zero for no report
    /// @return this builder
    public PoolBuilder<C> leakThreshold(Duration leakThreshold) {
        this.leakThreshold = leakThreshold;
        return this;
    }

    /// Sets for which leases the place of acquisition is remembered, to be shown if they leak: one
    /// in this many for each object, unless the object was lent within the same 100 milliseconds
    /// before. It costs one to two microseconds each time. Default: 128.
    ///
    /// @param oneIn from 1 (each lease) to 1,000,000, or 0 for none
    /// @return this builder
    public PoolBuilder<C> siteSampling(int oneIn) {
        this.siteSampling = oneIn;
        return this;
    }

    /// Sets how the pool notes which objects are idle: in one word that all threads write, or in a
    /// word for each object. It changes speed and memory, and nothing else. Default: chosen by
    /// `maxSize` and the number of processors.
    ///
    /// @param striping how
    /// @return this builder
    public PoolBuilder<C> striping(Striping striping) {
        this.striping = striping;
        return this;
    }

    /// Allows newcomers to overtake whoever is at the head of the queue, so many times a head,
    /// while it is being woken. This serves more acquires where objects are held for hardly any
    /// time and many wait; it makes waits longer and less even, by at most `maxOvertaking` leases
    /// of others for each one who is in front. Default: 0, strictly first in, first out.
    ///
    /// @param maxOvertaking from 0 to 1,000,000; a thousand is enough for the effect
    /// @return this builder
    public PoolBuilder<C> maxOvertaking(int maxOvertaking) {
        this.maxOvertaking = maxOvertaking;
        return this;
    }

    /// Sets how many borrowers may wait for what others hold. One more fails at once with
    /// `POOL-QUEUE-FULL`, so that load that can't be served is shed instead of piling up. Borrowers
    /// for whom an object is about to be created or examined don't count: with 0 nobody waits
    /// longer than that takes. Default: 10,000,000.
    ///
    /// @param maxWaiting from 0 to 10,000,000
    /// @return this builder
    public PoolBuilder<C> maxWaiting(int maxWaiting) {
        this.maxWaiting = maxWaiting;
        return this;
    }

    /// Sets what becomes of a thread that must wait for an object while it holds another one of the
    /// same pool. When enough threads do so at once, none of them ever gets its second object;
    /// [Pool#acquireAll(int)] is the way to have several. Default: [NestedAcquire#REPORT].
    ///
    /// @param nestedAcquire what
    /// @return this builder
    public PoolBuilder<C> nestedAcquire(NestedAcquire nestedAcquire) {
        this.nestedAcquire = nestedAcquire;
        return this;
    }

    /// Sets which of several idle objects is lent next. Default: [Reuse#WARM].
    ///
    /// @param reuse which
    /// @return this builder
    public PoolBuilder<C> reuse(Reuse reuse) {
        this.reuse = reuse;
        return this;
    }

    /// Sets who is told of every lease. It costs whatever it does, on the threads of the borrowers.
    /// Default: nobody.
    ///
    /// @param tracer who
    /// @return this builder
    public PoolBuilder<C> tracer(PoolTracer<? super C> tracer) {
        this.tracer = Options.required("tracer", tracer);
        return this;
    }

    /// Sets how long [Pool#close()] waits for leases to come back. Default: 30 seconds.
    ///
    /// @param closeTimeout from zero to 365 days
    /// @return this builder
    public PoolBuilder<C> closeTimeout(Duration closeTimeout) {
        this.closeTimeout = closeTimeout;
        return this;
    }

    /// Sets who is told of leaks and failures, and who reads the metrics. It can't slow the pool:
    /// events are delivered by another thread. Default: nobody.
    ///
    /// @param monitor the monitor
    /// @return this builder
    public PoolBuilder<C> monitor(Monitor monitor) {
        this.monitor = monitor;
        return this;
    }

    /// Sets the monotonic clock. Default: the system's.
    ///
    /// @param ticker the clock
    /// @return this builder
    public PoolBuilder<C> ticker(Ticker ticker) {
        this.ticker = ticker;
        return this;
    }

    /// Sets the registry that holds the pool and its objects; closing it closes the pool. Default:
    /// a registry of the pool's own.
    ///
    /// @param registry the registry
    /// @return this builder
    public PoolBuilder<C> registry(ResourceRegistry registry) {
        this.registry = Options.required("registry", registry);
        return this;
    }

    /// Builds the pool and begins to create its minimum; with a [#startTimeout(Duration)] it waits
    /// for the first objects.
    ///
    /// @return the pool
    /// @throws io.patinox.memory.error.PoolCreateException when there was a time to start, and it
    ///   was over; the cause is what the last attempt threw. Everything is closed then
    /// @throws io.patinox.memory.error.PoolInterruptedException when the thread is interrupted
    ///   while it waits for the start; the flag stays set, and everything is closed
    /// @throws io.patinox.memory.error.InvalidOptionException naming the first option that is out
    ///   of range or contradicts another, its value, and the bound
    public Pool<C> build() {
        return new ObjectPool<>(manager, settings(registry)).open();
    }

    /// Checks the options.
    PoolSettings settings(@Nullable ResourceRegistry registry) {
        PoolTuning tuning = tuning();
        Options.inRange("siteSampling", siteSampling, 0, 1_000_000);
        Options.required("striping", striping);
        Options.inRange("maxOvertaking", maxOvertaking, 0, 1_000_000);
        PoolTuning.fromZero("closeTimeout", closeTimeout);
        String chosen = name == null ? "pool-" + UNNAMED.incrementAndGet() : name;
        return new PoolSettings(
                chosen,
                siteSampling,
                new PoolSettings.Engine(striping, tuning.maxSize(), maxOvertaking),
                closeTimeout,
                borrow(),
                create(),
                new PoolSettings.Live(tuning),
                Options.required("monitor", monitor),
                Options.required("ticker", ticker),
                registry);
    }

    private PoolSettings.Borrow borrow() {
        return new PoolSettings.Borrow(
                Options.inRange("maxWaiting", maxWaiting, 0, WAITING_MAX),
                Options.required("nestedAcquire", nestedAcquire),
                Options.required("reuse", reuse),
                tracer);
    }

    private PoolSettings.Create create() {
        Options.inRange("createConcurrency", createConcurrency, 1, 1_000);
        Options.inRange("initialSize", initialSize, 0, PoolTuning.SIZE_MAX);
        Options.consistent(
                initialSize <= maxSize,
                "initialSize",
                initialSize,
                "at most maxSize, which is " + maxSize,
                "lower initialSize or raise maxSize");
        Options.inRange("failFastAfter", failFastAfter, 0, 1_000_000);
        PoolTuning.positive("createBackoff", firstPause);
        PoolTuning.positive("createBackoff", longestPause);
        Options.consistent(
                firstPause.compareTo(longestPause) <= 0,
                "createBackoff",
                firstPause,
                "at most the longest pause, which is " + longestPause,
                "give the shorter pause first");
        return new PoolSettings.Create(
                createConcurrency,
                initialSize,
                PoolTuning.zeroOrPositive("startTimeout", startTimeout),
                failFastAfter,
                firstPause,
                longestPause);
    }

    /// What can be changed later, checked.
    PoolTuning tuning() {
        return new PoolTuning(
                minSize,
                maxSize,
                acquireTimeout,
                createTimeout,
                validationTimeout,
                validationBypass,
                idleTimeout,
                maxLifetime,
                lifetimeJitter,
                maxUses,
                keepaliveInterval,
                validateOnReturn,
                leakThreshold);
    }
}
