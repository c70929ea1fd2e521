package io.patinox.memory.cache;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A [Cache] that knows where missing values come from.
///
/// {@snippet file="io/patinox/memory/examples/CacheLoadingExamples.java" region="first"}
///
/// @param <K> the type of the keys
/// @param <V> the type of the values
public interface LoadingCache<K, V> extends Cache<K, V> {

    /// Returns the value of a key; loads it if it is not there.
    ///
    /// @param key the key
    /// @return the value; null only if the loader returned null
    /// @throws io.patinox.memory.error.CacheLoadException if the loader threw a checked exception;
    ///   unchecked ones and errors are thrown as they are
    /// @throws io.patinox.memory.error.CacheLoadTimeoutException if the load took too long
    /// @throws io.patinox.memory.error.CacheInterruptedException if the caller was interrupted
    @Nullable V get(K key);

    /// Returns the values of several keys; loads those that are not there, together. Keys that
    /// somebody else is loading are not loaded again but waited for.
    ///
    /// @param keys the keys
    /// @return values by key, in the order of the keys, without those that have none; unmodifiable
    /// @throws io.patinox.memory.error.CacheLoadException if the loader threw a checked exception
    Map<K, V> getAll(Iterable<? extends K> keys);

    /// Loads a key anew in the background, and goes on serving the old value meanwhile. A refresh
    /// that is under way is joined.
    ///
    /// @param key the key
    /// @return the new value when it is there
    CompletableFuture<@Nullable V> refresh(K key);

    /// Loads several keys anew in the background, together.
    ///
    /// @param keys the keys
    /// @return the new values by key when they are there
    CompletableFuture<Map<K, V>> refreshAll(Set<? extends K> keys);

    /// Returns a view of this cache whose methods return futures.
    ///
    /// @return the view; closing it closes this cache
    AsyncCache<K, V> async();
}
