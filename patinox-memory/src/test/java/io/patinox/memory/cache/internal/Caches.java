package io.patinox.memory.cache.internal;

import io.patinox.memory.cache.Cache;
import io.patinox.memory.cache.CacheBuilder;

/// Makes caches whose inside tests can see.
final class Caches {

    private Caches() {}

    static <K, V> CacheBuilder<K, V> builder() {
        return Cache.builder();
    }

    static <K, V> BoundedCache<K, V> build(CacheBuilder<K, V> builder) {
        Cache<K, V> cache = builder.build();
        return (BoundedCache<K, V>) cache;
    }
}
