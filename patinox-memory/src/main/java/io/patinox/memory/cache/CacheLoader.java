package io.patinox.memory.cache;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes the values that a [LoadingCache] lacks.
///
/// A loader runs once for a key at a time, under no lock: whoever else wants the key waits for it,
/// all other keys are as fast as ever. It may use the cache for other keys; asking for the key it
/// is loading is refused with `CACHE-RECURSIVE`.
///
/// @param <K> the type of the keys
/// @param <V> the type of the values
@FunctionalInterface
public interface CacheLoader<K, V> {

    /// Makes the value of a key.
    ///
    /// @param key the key
    /// @return the value; null if there is none
    /// @throws Exception if it can't be made; what that means is up to the options of the cache
    @Nullable V load(K key) throws Exception;

    /// Makes the values of several keys at once. By default one after the other.
    ///
    /// @param keys the keys
    /// @return values by key; keys that have none are left out; others than asked for are cached
    ///   too
    /// @throws Exception if none can be made
    default Map<K, V> loadAll(Set<? extends K> keys) throws Exception {
        Map<K, V> values = HashMap.newHashMap(keys.size());
        for (K key : keys) {
            V value = load(key);
            if (value != null) {
                values.put(key, value);
            }
        }
        return values;
    }

    /// Makes a value anew while the old one is still served. By default as if there were none.
    ///
    /// @param key the key
    /// @param old the value that is served meanwhile
    /// @return the new value; null removes the entry
    /// @throws Exception if it can't be made; then the old value stays
    default @Nullable V reload(K key, V old) throws Exception {
        return load(key);
    }

    /// Makes several values anew while the old ones are still served. By default as if there were
    /// none.
    ///
    /// @param old the values by key that are served meanwhile
    /// @return new values by key; keys that have none are left out, and removed
    /// @throws Exception if none can be made; then the old values stay
    default Map<K, V> reloadAll(Map<? extends K, ? extends V> old) throws Exception {
        return loadAll(Set.copyOf(old.keySet()));
    }
}
