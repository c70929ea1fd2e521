package io.patinox.memory.cache;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A cache for callers that can't block: values that are missing come as futures.
///
/// A future that is cancelled or timed out by one caller does nothing to those of others; a load
/// that nobody waits for any more is interrupted. What fails is not cached, unless the cache is
/// told to.
///
/// @param <K> the type of the keys
/// @param <V> the type of the values
public interface AsyncCache<K, V> extends AutoCloseable {

    /// Returns the value of a key, or the load that is under way for it.
    ///
    /// @param key the key
    /// @return the value as a future, or null if there is neither
    @Nullable CompletableFuture<@Nullable V> getIfPresent(K key);

    /// Returns the value of a key; loads it with the loader of the cache if it is not there.
    ///
    /// @param key the key
    /// @return the value
    CompletableFuture<@Nullable V> get(K key);

    /// Returns the value of a key; makes it on the executor of the cache if it is not there.
    ///
    /// @param key the key
    /// @param loader makes the value
    /// @return the value
    CompletableFuture<@Nullable V> get(K key, Function<? super K, ? extends @Nullable V> loader);

    /// Returns the value of a key; has it made by an asynchronous function if it is not there.
    ///
    /// @param key the key
    /// @param loader starts to make the value, given the executor of the cache
    /// @return the value
    CompletableFuture<@Nullable V> getAsync(
            K key,
            BiFunction<
                            ? super K,
                            ? super Executor,
                            ? extends CompletableFuture<? extends @Nullable V>>
                    loader);

    /// Returns the values of several keys; loads those that are not there, together.
    ///
    /// @param keys the keys
    /// @return values by key
    CompletableFuture<Map<K, V>> getAll(Iterable<? extends K> keys);

    /// Puts a value in when it is there. Until then it counts as being loaded.
    ///
    /// @param key the key
    /// @param value the value to come; if it fails or is null, nothing is cached
    void put(K key, CompletableFuture<? extends @Nullable V> value);

    /// Returns the cache that this is a view of. Its methods see values that are there; they wait
    /// for those that are being loaded where [LoadingCache#get(Object)] would.
    ///
    /// @return the cache
    LoadingCache<K, V> synchronous();

    /// Closes the cache.
    @Override
    void close();
}
