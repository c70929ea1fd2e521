package io.patinox.stress;

import io.patinox.memory.cache.Cache;

/// One large cache for all rounds of a test: a cache a round would be too slow. A round has a key
/// of its own and removes it in the end.
final class Cached {

    /// Far more than jcstress has in hand at a time, so that nothing is evicted.
    static final Cache<Object, Object> CACHE =
            Cache.<Object, Object>builder().maxEntries(1_000_000).build();

    private Cached() {}

    /// Returns the value of a key at the end of a round, and removes it.
    ///
    /// @param key the key of the round
    /// @return the value, or "nothing"
    static Object last(Object key) {
        Object value = CACHE.asMap().remove(key);
        return value == null ? "nothing" : value;
    }
}
