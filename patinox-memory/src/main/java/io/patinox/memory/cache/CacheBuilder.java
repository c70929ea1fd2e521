package io.patinox.memory.cache;

import io.patinox.memory.cache.internal.BoundedCache;
import io.patinox.memory.cache.internal.CacheSettings;
import io.patinox.memory.cache.internal.CacheSpec;
import io.patinox.memory.cache.internal.HeapSizer;
import io.patinox.memory.error.Options;
import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.monitor.Ticker;
import io.patinox.memory.resource.ResourceRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Builds a [Cache]. Every option has a default; [#build()] checks them all.
///
/// {@snippet file="io/patinox/memory/examples/CacheExamples.java" region="build"}
///
/// Not thread-safe. A builder may be used again for another cache.
///
/// @param <K> the type of the keys
/// @param <V> the type of the values
public final class CacheBuilder<K, V> extends LoadingOptions<K, V, CacheBuilder<K, V>> {

    static final long MOST_ENTRIES = 1_000_000_000;

    private static final long ENTRIES_BY_DEFAULT = 10_000;
    private static final long ENTRIES_A_SHARD = 1024;
    private static final int SHARDS_MAX = 4096;
    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final AtomicInteger UNNAMED = new AtomicInteger();

    private @Nullable String name;
    private long maxEntries;
    private long maxWeight;
    private long maxBytes;
    private boolean unbounded;
    private EvictionPolicy policy = EvictionPolicy.adaptive();
    private int shards;
    private int initialCapacity = 16;
    private @Nullable Weigher<? super K, ? super V> weigher;
    private @Nullable Sizer<? super K> keySizer;
    private @Nullable Sizer<? super V> valueSizer;
    private Duration expireAfterWrite = Duration.ZERO;
    private Duration expireAfterAccess = Duration.ZERO;
    private @Nullable Expiry<? super K, ? super V> expiry;
    private double expiryJitter;
    private boolean preciseExpiry;
    private boolean recordTimes;
    private boolean missRatioCurve;
    private boolean recordStatistics = true;
    private boolean entryOptions;
    private @Nullable BiFunction<? super K, ? super V, Set<String>> tags;
    private @Nullable RemovalListener<? super K, ? super V> removalListener;
    private @Nullable RemovalListener<? super K, ? super V> evictionListener;
    private @Nullable ChangeListener<? super K, ? super V> changeListener;
    private boolean jmx;
    private @Nullable Executor executor;
    private Ticker ticker = Ticker.system();
    private Monitor monitor = Monitor.noop();
    private @Nullable ResourceRegistry registry;
    private Duration closeTimeout = Duration.ofSeconds(30);

    CacheBuilder() {}

    @Override
    CacheBuilder<K, V> self() {
        return this;
    }

    /// Sets the name of the cache, as it stands in metrics, events, errors and thread names.
    /// Default: `cache-N`.
    ///
    /// @param name 1 to 100 letters, digits and `. _ - :`
    /// @return this builder
    public CacheBuilder<K, V> name(String name) {
        this.name = Options.name("name", name);
        return this;
    }

    /// Sets how many entries the cache may hold. Default: 10,000, unless another bound is set.
    ///
    /// @param maxEntries from 1 to 1,000,000,000
    /// @return this builder
    public CacheBuilder<K, V> maxEntries(long maxEntries) {
        this.maxEntries = Options.inRange("maxEntries", maxEntries, 1, MOST_ENTRIES);
        return this;
    }

    /// Sets how much all entries may weigh together. Needs a [#weigher]. Default: no such bound.
    ///
    /// @param maxWeight from 1
    /// @return this builder
    public CacheBuilder<K, V> maxWeight(long maxWeight) {
        this.maxWeight = Options.inRange("maxWeight", maxWeight, 1, Long.MAX_VALUE / 4);
        return this;
    }

    /// Sets how many bytes of memory the entries may take together, with what the cache itself
    /// needs for them. Strings, boxes and arrays of primitives are measured exactly; for other
    /// types set [#keySizer] and [#valueSizer]. Default: no such bound.
    ///
    /// @param maxBytes from 1
    /// @return this builder
    public CacheBuilder<K, V> maxBytes(long maxBytes) {
        this.maxBytes = Options.inRange("maxBytes", maxBytes, 1, Long.MAX_VALUE / 4);
        return this;
    }

    /// Leaves the cache without any bound: entries leave when they expire or are removed.
    ///
    /// @return this builder
    public CacheBuilder<K, V> unbounded() {
        this.unbounded = true;
        return this;
    }

    /// Sets which entries a full cache gives up. Default: [EvictionPolicy#adaptive()].
    ///
    /// @param policy the policy
    /// @return this builder
    public CacheBuilder<K, V> policy(EvictionPolicy policy) {
        this.policy = Options.required("policy", policy);
        return this;
    }

    /// Sets how many parts with a lock of their own the cache has. More parts let more threads
    /// write at once; parts that are small cost hits. Default: four a processor, but none for less
    /// than 1,024 entries.
    ///
    /// @param shards a power of two from 1 to 4,096
    /// @return this builder
    public CacheBuilder<K, V> shards(int shards) {
        Options.inRange("shards", shards, 1, SHARDS_MAX);
        Options.consistent(
                Integer.bitCount(shards) == 1,
                "shards",
                shards,
                "a power of two",
                "choose " + Integer.highestOneBit(shards));
        this.shards = shards;
        return this;
    }

    /// Sets for how many entries there is room before the table grows. Default: 16.
    ///
    /// @param initialCapacity from 1 to 1,000,000,000
    /// @return this builder
    public CacheBuilder<K, V> initialCapacity(int initialCapacity) {
        this.initialCapacity =
                Options.inRange("initialCapacity", initialCapacity, 1, (int) MOST_ENTRIES);
        return this;
    }

    /// Sets what entries weigh, for [#maxWeight(long)].
    ///
    /// @param weigher the weigher
    /// @return this builder
    public CacheBuilder<K, V> weigher(Weigher<? super K, ? super V> weigher) {
        this.weigher = Options.required("weigher", weigher);
        return this;
    }

    /// Sets how large keys are, for [#maxBytes(long)]. Default: strings, boxes and arrays only.
    ///
    /// @param keySizer the sizer
    /// @return this builder
    public CacheBuilder<K, V> keySizer(Sizer<? super K> keySizer) {
        this.keySizer = Options.required("keySizer", keySizer);
        return this;
    }

    /// Sets how large values are, for [#maxBytes(long)]. Default: strings, boxes and arrays only.
    ///
    /// @param valueSizer the sizer
    /// @return this builder
    public CacheBuilder<K, V> valueSizer(Sizer<? super V> valueSizer) {
        this.valueSizer = Options.required("valueSizer", valueSizer);
        return this;
    }

    /// Sets how long an entry may live after its value was written. Default: zero, for ever.
    ///
    /// @param expireAfterWrite from 1 millisecond to 36,500 days, or zero
    /// @return this builder
    public CacheBuilder<K, V> expireAfterWrite(Duration expireAfterWrite) {
        this.expireAfterWrite = lifetime("expireAfterWrite", expireAfterWrite);
        return this;
    }

    /// Sets how long an entry may live after it was last read or written. Default: zero, for ever.
    ///
    /// @param expireAfterAccess from 1 millisecond to 36,500 days, or zero
    /// @return this builder
    public CacheBuilder<K, V> expireAfterAccess(Duration expireAfterAccess) {
        this.expireAfterAccess = lifetime("expireAfterAccess", expireAfterAccess);
        return this;
    }

    private static Duration lifetime(String option, Duration value) {
        return Options.required(option, value).isZero()
                ? value
                : Options.inRange(option, value, Duration.ofMillis(1), LONGEST);
    }

    /// Sets how long each entry may live. Holds together with the other limits: the earliest
    /// counts. Default: none.
    ///
    /// @param expiry says it for each entry
    /// @return this builder
    public CacheBuilder<K, V> expiry(Expiry<? super K, ? super V> expiry) {
        this.expiry = Options.required("expiry", expiry);
        return this;
    }

    /// Sets by which part lifetimes are shortened by lot, so that entries that were written
    /// together don't end together. Default: 0.
    ///
    /// @param expiryJitter from 0 to 1
    /// @return this builder
    public CacheBuilder<K, V> expiryJitter(double expiryJitter) {
        Options.consistent(
                expiryJitter >= 0 && expiryJitter <= 1,
                "expiryJitter",
                expiryJitter,
                "0 to 1",
                "choose one in that range");
        this.expiryJitter = expiryJitter;
        return this;
    }

    /// Sets whether each read looks at the precise clock, which takes longer than the read itself.
    /// Otherwise it looks at a copy that is up to some milliseconds old. Default: false.
    ///
    /// @param preciseExpiry whether to
    /// @return this builder
    public CacheBuilder<K, V> preciseExpiry(boolean preciseExpiry) {
        this.preciseExpiry = preciseExpiry;
        return this;
    }

    /// Sets whether it is kept when each entry was written, for [Cache#getIfFresh] and
    /// [CacheEntry#age()]. Default: false.
    ///
    /// @param recordTimes whether to
    /// @return this builder
    public CacheBuilder<K, V> recordTimes(boolean recordTimes) {
        this.recordTimes = recordTimes;
        return this;
    }

    /// Sets whether it is estimated what the cache would find at other sizes, for
    /// [Cache#missRatioCurve()], [Cache#advice()] and a [MemoryBudget]. Costs some nanoseconds a
    /// read and up to 60 kB a cache. Default: false.
    ///
    /// @param missRatioCurve whether to
    /// @return this builder
    public CacheBuilder<K, V> missRatioCurve(boolean missRatioCurve) {
        this.missRatioCurve = missRatioCurve;
        return this;
    }

    /// Sets whether misses and loads are counted. Hits always are: that is how the policy knows of
    /// them. Default: true.
    ///
    /// @param recordStatistics whether to
    /// @return this builder
    public CacheBuilder<K, V> recordStatistics(boolean recordStatistics) {
        this.recordStatistics = recordStatistics;
        return this;
    }

    /// Sets whether entries can be given [EntryOptions]. Default: false, unless [#tags] are set.
    ///
    /// @param entryOptions whether to
    /// @return this builder
    public CacheBuilder<K, V> entryOptions(boolean entryOptions) {
        this.entryOptions = entryOptions;
        return this;
    }

    /// Sets the tags of entries, for [Cache#invalidateTag(String)]. Default: none but those of
    /// [EntryOptions].
    ///
    /// @param tags says which tags an entry has
    /// @return this builder
    public CacheBuilder<K, V> tags(BiFunction<? super K, ? super V, Set<String>> tags) {
        this.tags = Options.required("tags", tags);
        return this;
    }

    /// Sets who is told of what left, a moment later, on the [#executor]. One call at a time, in
    /// the order in which things happened to each key. What it throws is counted and reported.
    ///
    /// @param removalListener the listener
    /// @return this builder
    public CacheBuilder<K, V> removalListener(
            RemovalListener<? super K, ? super V> removalListener) {
        this.removalListener = Options.required("removalListener", removalListener);
        return this;
    }

    /// Sets who is told of what the cache gave up by itself, within the operation and under the
    /// lock of the shard: nobody sees the key missing before. It must be short, and must not use
    /// the cache, which is refused with `CACHE-REENTRANT`. What it throws is counted and reported.
    ///
    /// @param evictionListener the listener
    /// @return this builder
    public CacheBuilder<K, V> evictionListener(
            RemovalListener<? super K, ? super V> evictionListener) {
        this.evictionListener = Options.required("evictionListener", evictionListener);
        return this;
    }

    /// Sets who is told of everything that happens to entries, a moment later, as a
    /// [#removalListener] is. Updates then take the lock of a shard.
    ///
    /// @param changeListener the listener
    /// @return this builder
    public CacheBuilder<K, V> changeListener(ChangeListener<? super K, ? super V> changeListener) {
        this.changeListener = Options.required("changeListener", changeListener);
        return this;
    }

    /// Sets whether JMX shows the cache, as `io.patinox.memory:type=Cache,name="NAME"` with the
    /// attributes of [CacheMXBean]. Needs the module `java.management`. Default: false.
    ///
    /// @param jmx whether to
    /// @return this builder
    public CacheBuilder<K, V> jmx(boolean jmx) {
        this.jmx = jmx;
        return this;
    }

    /// Sets options from a text: `maxEntries=10_000, policy=s3-fifo, expireAfterWrite=10m`. The
    /// names are those of the methods, for options that are numbers, times, names and switches.
    ///
    /// @param spec settings, separated by commas
    /// @return this builder
    /// @throws io.patinox.memory.error.InvalidOptionException if an option is not known, or its
    ///   value is out of range
    public CacheBuilder<K, V> spec(String spec) {
        CacheSpec.apply(this, Options.required("spec", spec));
        return this;
    }

    /// Sets what listeners and background loads run on. Default: virtual threads.
    ///
    /// @param executor the executor
    /// @return this builder
    public CacheBuilder<K, V> executor(Executor executor) {
        this.executor = Options.required("executor", executor);
        return this;
    }

    /// Sets the clock. Default: that of the JVM.
    ///
    /// @param ticker the clock
    /// @return this builder
    public CacheBuilder<K, V> ticker(Ticker ticker) {
        this.ticker = Options.required("ticker", ticker);
        return this;
    }

    /// Sets where the cache reports to. Default: nowhere.
    ///
    /// @param monitor the monitor
    /// @return this builder
    public CacheBuilder<K, V> monitor(Monitor monitor) {
        this.monitor = Options.required("monitor", monitor);
        return this;
    }

    /// Sets the registry that holds the cache; closing it closes the cache. Default: none.
    ///
    /// @param registry the registry
    /// @return this builder
    public CacheBuilder<K, V> registry(ResourceRegistry registry) {
        this.registry = Options.required("registry", registry);
        return this;
    }

    /// Sets how long [Cache#close()] waits for listeners and loads. Default: 30 seconds.
    ///
    /// @param closeTimeout from zero to 365 days
    /// @return this builder
    public CacheBuilder<K, V> closeTimeout(Duration closeTimeout) {
        this.closeTimeout =
                Options.inRange("closeTimeout", closeTimeout, Duration.ZERO, Duration.ofDays(365));
        return this;
    }

    /// Builds the cache.
    ///
    /// @param <K1> the type of the keys
    /// @param <V1> the type of the values
    /// @return a new, empty cache
    /// @throws io.patinox.memory.error.InvalidOptionException if options contradict each other
    public <K1 extends K, V1 extends V> Cache<K1, V1> build() {
        return BoundedCache.of(settings(null));
    }

    /// Builds a cache that makes what is missing.
    ///
    /// A load runs on the caller, unless there is a [#loadTimeout(Duration)] or it is part of a
    /// [coalesced][#coalesce(Duration, int)] one.
    ///
    /// @param loader makes the values
    /// @param <K1> the type of the keys
    /// @param <V1> the type of the values
    /// @return a new, empty cache
    /// @throws io.patinox.memory.error.InvalidOptionException if options contradict each other
    @SuppressWarnings("unchecked") // a loader of more general keys is only given K1
    public <K1 extends K, V1 extends V> LoadingCache<K1, V1> build(
            CacheLoader<? super K1, V1> loader) {
        Options.required("loader", loader);
        return BoundedCache.loading(settings((CacheLoader<K1, V1>) loader));
    }

    /// Builds a cache that makes what is missing, for callers that can't block.
    ///
    /// @param loader makes the values, on the [#executor(Executor)]
    /// @param <K1> the type of the keys
    /// @param <V1> the type of the values
    /// @return a view of a new, empty cache
    /// @throws io.patinox.memory.error.InvalidOptionException if options contradict each other
    public <K1 extends K, V1 extends V> AsyncCache<K1, V1> buildAsync(
            CacheLoader<? super K1, V1> loader) {
        return this.<K1, V1>build(loader).async();
    }

    @SuppressWarnings("unchecked") // sizers of strings, boxes and arrays refuse everything else
    private <K1 extends K, V1 extends V> CacheSettings<K1, V1> settings(
            @Nullable CacheLoader<K1, V1> loader) {
        boolean measured = maxBytes > 0;
        Options.consistent(
                (maxWeight > 0) == (weigher != null),
                maxWeight > 0 ? "weigher" : "maxWeight",
                null,
                maxWeight > 0 ? "given with maxWeight" : "given with a weigher",
                "set both maxWeight and weigher, or neither");
        CacheBounds bounds = bounds();
        return new CacheSettings<>(
                name == null ? "cache-" + UNNAMED.incrementAndGet() : name,
                bounds,
                policy,
                shards == 0 ? automaticShards(bounds) : shards,
                initialCapacity,
                weigher,
                measured ? keySizer == null ? HeapSizer.key() : keySizer : null,
                measured ? valueSizer == null ? HeapSizer.value() : valueSizer : null,
                expireAfterWrite,
                expireAfterAccess,
                expiry,
                expiryJitter,
                preciseExpiry,
                recordTimes,
                tags,
                entryOptions || tags != null,
                missRatioCurve,
                recordStatistics,
                removalListener,
                evictionListener,
                changeListener,
                jmx,
                executor,
                ticker,
                monitor,
                registry,
                closeTimeout,
                loads(loader, !expireAfterWrite.isZero() || expiry != null));
    }

    private CacheBounds bounds() {
        boolean any = maxEntries > 0 || maxWeight > 0 || maxBytes > 0;
        Options.consistent(
                !unbounded || !any,
                "unbounded",
                true,
                "the only bound",
                "leave out unbounded(), or the bounds");
        long entries = any || unbounded ? maxEntries : ENTRIES_BY_DEFAULT;
        return new CacheBounds(entries, maxWeight, maxBytes);
    }

    private static int automaticShards(CacheBounds bounds) {
        long room =
                bounds.maxEntries() > 0
                        ? bounds.maxEntries()
                        : bounds.maxWeight() > 0
                                ? bounds.maxWeight()
                                : bounds.maxBytes() > 0 ? bounds.maxBytes() / 1024 : MOST_ENTRIES;
        long wanted = 4L * Runtime.getRuntime().availableProcessors();
        long most = Math.clamp(room / ENTRIES_A_SHARD, 1, Math.min(wanted, SHARDS_MAX));
        return (int) Long.highestOneBit(most);
    }
}
