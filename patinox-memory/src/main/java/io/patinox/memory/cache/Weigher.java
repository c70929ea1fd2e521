package io.patinox.memory.cache;

/// Says what an entry weighs against [CacheBuilder#maxWeight(long)].
///
/// @param <K> the type of the keys
/// @param <V> the type of the values
@FunctionalInterface
public interface Weigher<K, V> {

    /// Returns the weight of an entry, which must not change while it is cached.
    ///
    /// @param key the key
    /// @param value the value
    /// @return from 0; an entry of weight 0 is pinned: it is never evicted for its size
    int weigh(K key, V value);
}
