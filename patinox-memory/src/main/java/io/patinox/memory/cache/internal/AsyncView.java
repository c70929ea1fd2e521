package io.patinox.memory.cache.internal;

import io.patinox.memory.cache.AsyncCache;
import io.patinox.memory.cache.CacheLoader;
import io.patinox.memory.cache.LoadingCache;
import io.patinox.memory.cache.RemovalCause;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A loading cache whose methods return futures.
final class AsyncView<K, V> implements AsyncCache<K, V> {

    private final LoadingBoundedCache<K, V> cache;
    private final CacheLoader<K, V> loader;
    private final Bulk<K, V> bulk;
    private final Futures<K, V> futures;

    AsyncView(
            LoadingBoundedCache<K, V> cache,
            CacheLoader<K, V> loader,
            Bulk<K, V> bulk,
            Futures<K, V> futures) {
        this.cache = cache;
        this.loader = loader;
        this.bulk = bulk;
        this.futures = futures;
    }

    @Override
    public @Nullable CompletableFuture<@Nullable V> getIfPresent(K key) {
        V value = cache.getIfPresent(key);
        if (value != null) {
            return CompletableFuture.completedFuture(value);
        }
        Flight<K, V> flight = cache.joinLoad(key, cache.hashOf(key));
        return flight == null ? null : futures.of(flight, loader);
    }

    @Override
    public CompletableFuture<@Nullable V> get(K key) {
        V value = cache.getIfPresent(key);
        return value != null ? CompletableFuture.completedFuture(value) : futures.load(key, loader);
    }

    @Override
    public CompletableFuture<@Nullable V> get(
            K key, Function<? super K, ? extends @Nullable V> function) {
        Objects.requireNonNull(function, "loader");
        V value = cache.getIfPresent(key);
        return value != null
                ? CompletableFuture.completedFuture(value)
                : futures.load(key, function::apply);
    }

    @Override
    public CompletableFuture<@Nullable V> getAsync(
            K key,
            BiFunction<
                            ? super K,
                            ? super Executor,
                            ? extends CompletableFuture<? extends @Nullable V>>
                    function) {
        Objects.requireNonNull(function, "loader");
        V value = cache.getIfPresent(key);
        if (value != null) {
            return CompletableFuture.completedFuture(value);
        }
        Loads.Takeoff<K, V> takeoff = cache.takeOff(key, cache.hashOf(key), null);
        if (takeoff.value != null) {
            return CompletableFuture.completedFuture(takeoff.value);
        }
        Flight<K, V> flight = takeoff.flight();
        if (!takeoff.mine) {
            return futures.of(flight, loader);
        }
        flight.owner = Thread.currentThread();
        CompletableFuture<? extends @Nullable V> coming;
        try {
            coming =
                    Objects.requireNonNull(
                            function.apply(key, cache.runs.executor), "the loader's future");
        } catch (Throwable thrown) {
            coming = CompletableFuture.failedFuture(thrown);
        }
        flight.owner = null;
        return futures.adopt(flight, coming, loader);
    }

    @Override
    public CompletableFuture<Map<K, V>> getAll(Iterable<? extends K> keys) {
        return bulk.getAllAsync(keys, futures);
    }

    @Override
    public void put(K key, CompletableFuture<? extends @Nullable V> value) {
        Objects.requireNonNull(value, "value");
        int hash = cache.hashOf(key);
        while (true) {
            cache.delete(key, hash, null, true, RemovalCause.REPLACED);
            Loads.Takeoff<K, V> takeoff = cache.takeOff(key, hash, null);
            if (takeoff.mine) {
                CompletableFuture<@Nullable V> _ = futures.adopt(takeoff.flight(), value, loader);
                return;
            }
            if (takeoff.value == null && takeoff.flight().kind == Flight.Kind.LOAD) {
                cache.leave(takeoff.flight());
            }
        }
    }

    @Override
    public LoadingCache<K, V> synchronous() {
        return cache;
    }

    @Override
    public void close() {
        cache.close();
    }
}
