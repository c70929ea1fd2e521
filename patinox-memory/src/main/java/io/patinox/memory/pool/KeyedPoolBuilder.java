package io.patinox.memory.pool;

import io.patinox.memory.error.Options;
import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.monitor.Ticker;
import io.patinox.memory.pool.internal.KeyedObjectPool;
import io.patinox.memory.pool.internal.KeyedSettings;
import io.patinox.memory.pool.internal.PoolSettings;
import io.patinox.memory.resource.ResourceRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Builds a [KeyedPool]. Every option has a default; [#build()] checks them all.
///
/// {@snippet file="io/patinox/memory/examples/KeyedPoolExamples.java" region="build"}
///
/// Not thread-safe. A builder may be used again for another pool.
///
/// @param <K> the type of the keys
/// @param <C> the type of the pooled objects
public final class KeyedPoolBuilder<K, C> {
    private static final int SIZE_MAX = 100_000;
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final AtomicInteger UNNAMED = new AtomicInteger();

    private final KeyedConnectionManager<K, C> manager;
    private @Nullable String name;
    private int maxTotal = 100;
    private int maxPerKey = 10;
    private @Nullable ToIntFunction<? super K> maxOfKey;
    private int minPerKey;
    private int keyPasses = 16;
    private int createConcurrencyTotal = 16;
    private Duration idleKeyTimeout = Duration.ofMinutes(30);
    private UnaryOperator<PoolBuilder<C>> eachKey = UnaryOperator.identity();
    private Monitor monitor = Monitor.noop();
    private Ticker ticker = Ticker.system();
    private @Nullable ResourceRegistry registry;

    KeyedPoolBuilder(KeyedConnectionManager<K, C> manager) {
        this.manager = Options.required("manager", manager);
    }

    /// Sets the name of the pool, as it stands in metrics, events, errors and thread names. Keys
    /// don't stand there: they may be many, and may be secret. Default: `keyed-pool-N`.
    ///
    /// @param name 1 to 100 letters, digits and `. _ - :`
    /// @return this builder
    public KeyedPoolBuilder<K, C> name(String name) {
        this.name = Options.name("name", name);
        return this;
    }

    /// Sets how many objects there may be, of all keys together, idle and in use. Default: 100.
    ///
    /// @param maxTotal from 1 to 100,000
    /// @return this builder
    public KeyedPoolBuilder<K, C> maxTotal(int maxTotal) {
        this.maxTotal = maxTotal;
        return this;
    }

    /// Sets how many objects each key may have. Default: 10.
    ///
    /// @param maxPerKey from 1 to 100,000; more than `maxTotal` counts as that
    /// @return this builder
    public KeyedPoolBuilder<K, C> maxPerKey(int maxPerKey) {
        this.maxPerKey = maxPerKey;
        maxOfKey = null;
        return this;
    }

    /// Sets how many objects each key may have. The function is called by whoever uses a key first,
    /// without a lock; an answer out of range, or what it throws, reaches them.
    ///
    /// @param maxPerKey from 1 to 100,000 for every key; more than `maxTotal` counts as that
    /// @return this builder
    public KeyedPoolBuilder<K, C> maxPerKey(ToIntFunction<? super K> maxPerKey) {
        maxOfKey = Options.required("maxPerKey", maxPerKey);
        return this;
    }

    /// Sets how many objects each key that is in use keeps although they are idle. They are created
    /// as far as there is room; a key that has borrowers waiting takes them. Default: 0.
    ///
    /// @param minPerKey from 0 to `maxPerKey`
    /// @return this builder
    public KeyedPoolBuilder<K, C> minPerKey(int minPerKey) {
        this.minPerKey = minPerKey;
        return this;
    }

    /// Sets how many objects that come back may go to others who wait, while a key that has none is
    /// next in line for room. A low number shortens the wait of keys that have nothing; a high one
    /// saves objects from being destroyed and created anew. Default: 16.
    ///
    /// @param keyPasses from 0 (the first one that comes back makes room) to 1,000,000
    /// @return this builder
    public KeyedPoolBuilder<K, C> keyPasses(int keyPasses) {
        this.keyPasses = keyPasses;
        return this;
    }

    /// Sets how many objects may be created at the same time for all keys together; for one key
    /// [PoolBuilder#createConcurrency(int)] says it. Default: 16.
    ///
    /// @param createConcurrencyTotal from 1 to 10,000
    /// @return this builder
    public KeyedPoolBuilder<K, C> createConcurrencyTotal(int createConcurrencyTotal) {
        this.createConcurrencyTotal = createConcurrencyTotal;
        return this;
    }

    /// Sets after how long without use a key is forgotten, with all its idle objects, also with
    /// those of its minimum. Looked at every half second. Default: 30 minutes.
    ///
    /// @param idleKeyTimeout from 1 millisecond to 365 days, or zero for never
    /// @return this builder
    public KeyedPoolBuilder<K, C> idleKeyTimeout(Duration idleKeyTimeout) {
        this.idleKeyTimeout = idleKeyTimeout;
        return this;
    }

    /// Sets the options that each key has to itself, such as timeouts and lifetimes. The function
    /// gets a builder with every option at its default, once. Name, sizes, monitor, ticker and
    /// registry are those of the keyed pool, whatever it sets. `AUTOMATIC` striping means packed.
    ///
    /// @param options sets options and returns the builder it was given
    /// @return this builder
    public KeyedPoolBuilder<K, C> eachKey(UnaryOperator<PoolBuilder<C>> options) {
        eachKey = Options.required("eachKey", options);
        return this;
    }

    /// Sets who is told of leaks and failures, and who reads the metrics; as
    /// [PoolBuilder#monitor(Monitor)]. Default: nobody.
    ///
    /// @param monitor the monitor
    /// @return this builder
    public KeyedPoolBuilder<K, C> monitor(Monitor monitor) {
        this.monitor = monitor;
        return this;
    }

    /// Sets the monotonic clock. Default: the system's.
    ///
    /// @param ticker the clock
    /// @return this builder
    public KeyedPoolBuilder<K, C> ticker(Ticker ticker) {
        this.ticker = ticker;
        return this;
    }

    /// Sets the registry that holds the pool and its objects; closing it closes the pool. Default:
    /// a registry of the pool's own.
    ///
    /// @param registry the registry
    /// @return this builder
    public KeyedPoolBuilder<K, C> registry(ResourceRegistry registry) {
        this.registry = Options.required("registry", registry);
        return this;
    }

    /// Builds the pool. Nothing is created until a key is used.
    ///
    /// @return the pool
    /// @throws io.patinox.memory.error.InvalidOptionException naming the first option that is out
    ///   of range or contradicts another, its value, and the bound
    public KeyedPool<K, C> build() {
        Options.inRange("maxTotal", maxTotal, 1, SIZE_MAX);
        Options.inRange("maxPerKey", maxPerKey, 1, SIZE_MAX);
        Options.inRange("minPerKey", minPerKey, 0, SIZE_MAX);
        int most = maxOfKey == null ? Math.min(maxPerKey, maxTotal) : maxTotal;
        Options.consistent(
                minPerKey <= most,
                "minPerKey",
                minPerKey,
                "at most maxPerKey and maxTotal, which allow " + most,
                "lower minPerKey or raise the others");
        Options.inRange("keyPasses", keyPasses, 0, 1_000_000);
        Options.inRange("createConcurrencyTotal", createConcurrencyTotal, 1, 10_000);
        Options.required("idleKeyTimeout", idleKeyTimeout);
        if (!idleKeyTimeout.isZero()) {
            Options.inRange("idleKeyTimeout", idleKeyTimeout, Duration.ofMillis(1), LONGEST);
        }
        int each = maxPerKey;
        KeyedSettings<K> settings =
                new KeyedSettings<>(
                        template(),
                        maxTotal,
                        maxOfKey == null ? _ -> each : maxOfKey,
                        minPerKey,
                        keyPasses,
                        createConcurrencyTotal,
                        idleKeyTimeout);
        return new KeyedObjectPool<>(manager, settings).open();
    }

    private PoolSettings template() {
        PoolBuilder<C> options =
                Options.required("eachKey", eachKey.apply(new PoolBuilder<>(new Unbound<>())));
        options.name(name == null ? "keyed-pool-" + UNNAMED.incrementAndGet() : name)
                .maxSize(1)
                .minSize(0)
                .monitor(monitor)
                .ticker(ticker);
        return options.settings(registry);
    }

    /// Stands for the manager while options are set.
    private static final class Unbound<C> implements ConnectionManager<C> {
        @Override
        public C create() {
            throw new IllegalStateException("the options of a key are no pool");
        }

        @Override
        public void destroy(C connection) {
            throw new IllegalStateException("the options of a key are no pool");
        }
    }
}
