package io.patinox.memory.cache.internal;

import io.patinox.memory.cache.Cache;
import io.patinox.memory.cache.CacheAdvice;
import io.patinox.memory.cache.CacheBounds;
import io.patinox.memory.cache.CacheEntry;
import io.patinox.memory.cache.CacheStatistics;
import io.patinox.memory.cache.EntryOptions;
import io.patinox.memory.cache.LoadingCache;
import io.patinox.memory.cache.MissRatioCurve;
import io.patinox.memory.cache.RemovalCause;
import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.error.Options;
import io.patinox.memory.monitor.Health;
import io.patinox.memory.monitor.MetricsSnapshot;
import io.patinox.memory.resource.AsyncResourceGuard;
import io.patinox.memory.resource.ResourceRegistry;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The cache that every builder makes.
///
/// @param <K> the type of the keys
/// @param <V> the type of the values
@SuppressWarnings("ReferenceEquality") // a value is removed if it is still the same
public class BoundedCache<K, V> extends Loads<K, V> implements Cache<K, V> {

    private final ConcurrentMap<K, V> map = new MapView<>(this);
    private final Insight<K, V> insight = new Insight<>(this);
    private final @Nullable Housekeeping housekeeping;
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile @Nullable AsyncResourceGuard<?> guard;
    private volatile @Nullable Runnable hide;

    BoundedCache(Parts<K, V> parts) {
        super(parts);
        this.housekeeping = Housekeeping.of(this);
    }

    /// Makes a cache, and tells monitor and registry of it.
    ///
    /// @param settings what it is built with
    /// @param <K> the type of the keys
    /// @param <V> the type of the values
    /// @return the cache
    public static <K, V> BoundedCache<K, V> of(CacheSettings<K, V> settings) {
        return opened(new BoundedCache<>(Parts.of(settings)));
    }

    /// Makes a cache that can load.
    ///
    /// @param settings what it is built with; its loader is not null
    /// @param <K> the type of the keys
    /// @param <V> the type of the values
    /// @return the cache
    public static <K, V> LoadingCache<K, V> loading(CacheSettings<K, V> settings) {
        return opened(new LoadingBoundedCache<>(Parts.of(settings)));
    }

    private static <K, V, C extends BoundedCache<K, V>> C opened(C cache) {
        cache.open();
        return cache;
    }

    final void open() {
        boolean opened = false;
        try {
            ResourceRegistry registry = settings.registry();
            if (registry != null) {
                guard =
                        registry.request("cache", () -> this, BoundedCache::close)
                                .name(name())
                                .acquire();
            }
            if (settings.jmx()) {
                hide = JmxCache.show(this);
            }
            reports.monitor().register(this);
            opened = true;
        } finally {
            if (!opened) {
                close();
            }
        }
    }

    @Override
    public @Nullable V get(K key, Function<? super K, ? extends @Nullable V> loader) {
        Objects.requireNonNull(loader, "loader");
        V value = getIfPresent(key);
        return value != null ? value : load(key, loader::apply);
    }

    @Override
    public @Nullable V getIfFresh(K key, Duration maxAge) {
        Options.consistent(
                settings.recordTimes(),
                "recordTimes",
                false,
                "true to ask for the age of entries",
                "build the cache with recordTimes(true)");
        Options.inRange("maxAge", maxAge, Duration.ZERO, Duration.ofDays(36_500));
        Entry<K, V> entry = find(key, hashOf(key));
        boolean fresh =
                entry instanceof FullEntry<K, V> full
                        && clock.nanos() - full.writtenAt <= Lifetimes.nanos(maxAge);
        if (!fresh) {
            missed(key, hashOf(key));
            return null;
        }
        return getIfPresent(key);
    }

    @Override
    public Map<K, V> getAllPresent(Iterable<? extends K> keys) {
        Map<K, V> present = new LinkedHashMap<>();
        for (K key : keys) {
            V value = getIfPresent(key);
            if (value != null) {
                present.put(key, value);
            }
        }
        return Collections.unmodifiableMap(present);
    }

    @Override
    public void put(K key, V value, EntryOptions options) {
        Objects.requireNonNull(value, "value");
        Options.required("options", options);
        Options.consistent(
                full || options.equals(EntryOptions.none()),
                "options",
                options,
                "none in a cache that keeps nothing of single entries",
                "build the cache with entryOptions(true)");
        write(key, hashOf(key), value, options, null, true);
    }

    @Override
    public void putAll(Map<? extends K, ? extends V> values) {
        values.forEach(this::put);
    }

    @Override
    public void invalidate(K key) {
        delete(key, hashOf(key), null, true, RemovalCause.EXPLICIT);
        report();
    }

    @Override
    public void invalidateAll(Iterable<? extends K> keys) {
        keys.forEach(this::invalidate);
    }

    @Override
    public void invalidateAll() {
        checkOpen();
        clear(RemovalCause.EXPLICIT);
        report();
    }

    @Override
    public long invalidateIf(BiPredicate<? super K, ? super V> condition) {
        Objects.requireNonNull(condition, "condition");
        checkOpen();
        long removed = 0;
        for (Map.Entry<K, V> entry : map.entrySet()) {
            V value = entry.getValue();
            if (condition.test(entry.getKey(), value)) {
                removed += deleteIfSame(entry.getKey(), value, RemovalCause.INVALIDATED) ? 1 : 0;
            }
        }
        report();
        return removed;
    }

    /// Removes a key if it still has that very value.
    final boolean deleteIfSame(K key, V value, RemovalCause cause) {
        return delete(key, hashOf(key), present -> present == value, false, cause) == value;
    }

    @Override
    public long invalidateTag(String tag) {
        Objects.requireNonNull(tag, "tag");
        List<K> members = tagIndex().members(tag);
        checkOpen();
        long removed = 0;
        for (K key : members) {
            removed += deleteTagged(key, tag) ? 1 : 0;
        }
        report();
        return removed;
    }

    @Override
    public Set<K> keysTagged(String tag) {
        Objects.requireNonNull(tag, "tag");
        List<K> members = tagIndex().members(tag);
        checkOpen();
        return Set.copyOf(members);
    }

    private TagIndex<K> tagIndex() {
        TagIndex<K> index = tags;
        if (index == null) {
            throw new InvalidOptionException(
                    "tags",
                    null,
                    "given to ask by tag",
                    "build the cache with tags(...) or entryOptions(true)");
        }
        return index;
    }

    // under the lock of the key it still has the tag, or somebody has put in another value
    private boolean deleteTagged(K key, String tag) {
        int hash = hashOf(key);
        boolean[] tagged = {false};
        V _ =
                delete(
                        key,
                        hash,
                        _ -> {
                            Entry<K, V> entry = find(key, hash);
                            tagged[0] =
                                    entry instanceof FullEntry<K, V> full
                                            && full.tags.contains(tag);
                            return tagged[0];
                        },
                        false,
                        RemovalCause.INVALIDATED);
        return tagged[0];
    }

    @Override
    public MissRatioCurve missRatioCurve() {
        return insight.curve();
    }

    @Override
    public CacheAdvice advice() {
        return insight.advice();
    }

    @Override
    public ConcurrentMap<K, V> asMap() {
        return map;
    }

    @Override
    public long size() {
        return capacity.entries();
    }

    @Override
    public void cleanUp() {
        checkOpen();
        for (Shard<K, V> shard : shards) {
            sweep(shard);
        }
        report();
    }

    @Override
    public @Nullable CacheEntry<K, V> entry(K key) {
        return insight.entry(key);
    }

    @Override
    public List<CacheEntry<K, V>> hottest(int limit) {
        return insight.ranked(limit, true);
    }

    @Override
    public List<CacheEntry<K, V>> coldest(int limit) {
        return insight.ranked(limit, false);
    }

    @Override
    public CacheStatistics statistics() {
        return insight.statistics();
    }

    @Override
    public CacheBounds bounds() {
        return capacity.bounds();
    }

    @Override
    public void resize(CacheBounds bounds) {
        Options.required("bounds", bounds);
        checkOpen();
        CacheBounds old = capacity.bounds();
        checkKind("maxEntries", old.maxEntries(), bounds.maxEntries());
        checkKind("maxWeight", old.maxWeight(), bounds.maxWeight());
        checkKind("maxBytes", old.maxBytes(), bounds.maxBytes());
        capacity.set(bounds);
        long share = Math.max(1, capacity.unit() / shards.length);
        for (Shard<K, V> shard : shards) {
            shard.lock();
            try {
                shard.order.resized(share);
            } finally {
                unlock(shard);
            }
        }
        afterWrite(true);
    }

    private static void checkKind(String option, long old, long fresh) {
        Options.consistent(
                (old == 0) == (fresh == 0),
                option,
                fresh,
                old == 0 ? "0, as the cache was built without it" : "above 0",
                "keep the kinds of bounds that the cache was built with");
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public String component() {
        return "cache";
    }

    @Override
    public MetricsSnapshot metrics() {
        return insight.metrics();
    }

    @Override
    public Health health() {
        return insight.health();
    }

    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        shut();
        if (housekeeping != null) {
            housekeeping.close();
        }
        long deadline = System.nanoTime() + Lifetimes.nanos(settings.closeTimeout());
        runs.close();
        clear(RemovalCause.CLOSED);
        runs.awaitEnd(deadline);
        try {
            long left = Math.max(0, deadline - System.nanoTime());
            departures.close(Duration.ofNanos(left));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            troubles.report();
            reports.monitor().unregister(this);
            reports.monitor().close();
            Runnable shown = hide;
            if (shown != null) {
                shown.run();
            }
            AsyncResourceGuard<?> held = guard;
            if (held != null) {
                held.close();
            }
        }
    }
}
