package io.patinox.memory.cache;

/// Is told of everything that happens to the entries of a cache, a moment later and in order for
/// each key: see [CacheBuilder#changeListener]. Every method does nothing by default.
///
/// @param <K> the type of the keys
/// @param <V> the type of the values
public interface ChangeListener<K, V> {

    /// Is told of a key that came in.
    ///
    /// @param key the key
    /// @param value its value
    default void created(K key, V value) {}

    /// Is told of another value for a key that was there.
    ///
    /// @param key the key
    /// @param old the value it had
    /// @param value the value it has
    default void updated(K key, V old, V value) {}

    /// Is told of a key that left.
    ///
    /// @param key the key
    /// @param value the value it had
    /// @param cause why it left; never [RemovalCause#REPLACED], which is an update, unless the new
    ///   value was too large for the cache
    default void removed(K key, V value, RemovalCause cause) {}
}
