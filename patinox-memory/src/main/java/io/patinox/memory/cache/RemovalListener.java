package io.patinox.memory.cache;

/// Is told of what left a cache.
///
/// @param <K> the type of the keys
/// @param <V> the type of the values
@FunctionalInterface
public interface RemovalListener<K, V> {

    /// Is told that a value left.
    ///
    /// @param key its key
    /// @param value the value
    /// @param cause why it left
    void removed(K key, V value, RemovalCause cause);
}
