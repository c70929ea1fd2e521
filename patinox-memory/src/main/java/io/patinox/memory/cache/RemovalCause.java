package io.patinox.memory.cache;

/// Why an entry, or a value, left a cache.
public enum RemovalCause {
    /// The user removed it.
    EXPLICIT,
    /// Another value took its place; the key stayed.
    REPLACED,
    /// The cache was full.
    SIZE,
    /// Its time was over.
    EXPIRED,
    /// Its tag, its group or a condition it met was invalidated.
    INVALIDATED,
    /// Too many keys had the same hash code, and their type is not comparable.
    COLLISION,
    /// The cache was closed.
    CLOSED;

    /// Tells whether the cache chose to remove it, not the user.
    ///
    /// @return true for [#SIZE], [#EXPIRED] and [#COLLISION]
    public boolean evicted() {
        return this == SIZE || this == EXPIRED || this == COLLISION;
    }
}
