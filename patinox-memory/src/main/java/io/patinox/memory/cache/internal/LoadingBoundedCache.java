package io.patinox.memory.cache.internal;

import io.patinox.memory.cache.AsyncCache;
import io.patinox.memory.cache.CacheLoader;
import io.patinox.memory.cache.LoadingCache;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The cache that a builder makes when it is given a loader.
final class LoadingBoundedCache<K, V> extends BoundedCache<K, V> implements LoadingCache<K, V> {

    private final CacheLoader<K, V> loader;
    private final Bulk<K, V> bulk;
    private final Futures<K, V> futures = new Futures<>(this);
    private final AsyncCache<K, V> async;

    LoadingBoundedCache(Parts<K, V> parts) {
        super(parts);
        this.loader = Objects.requireNonNull(settings.loads().loader(), "loader");
        this.bulk = new Bulk<>(this, loader);
        this.async = new AsyncView<>(this, loader, bulk, futures);
    }

    @Override
    public @Nullable V get(K key) {
        V value = getIfPresent(key);
        return value != null ? value : load(key, loader);
    }

    @Override
    public Map<K, V> getAll(Iterable<? extends K> keys) {
        return bulk.getAll(keys);
    }

    @Override
    public CompletableFuture<@Nullable V> refresh(K key) {
        List<Flight<K, V>> fresh = new ArrayList<>(1);
        Flight<K, V> flight = refreshes.takeOff(key, fresh);
        if (flight == null) {
            refreshes.forgetAbsence(key);
            return futures.load(key, loader);
        }
        if (!fresh.isEmpty()) {
            runs.start(fresh, Bulk.reloadAll(loader));
        }
        return futures.ofRefresh(flight);
    }

    @Override
    public CompletableFuture<Map<K, V>> refreshAll(Set<? extends K> keys) {
        return bulk.refreshAll(keys, futures);
    }

    @Override
    public AsyncCache<K, V> async() {
        return async;
    }
}
