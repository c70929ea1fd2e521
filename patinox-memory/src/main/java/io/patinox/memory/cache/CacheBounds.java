package io.patinox.memory.cache;

import io.patinox.memory.error.Options;

/// How much a cache may hold. All bounds hold at once; 0 stands for no such bound. Immutable.
///
/// @param maxEntries how many entries, 0 for any number
/// @param maxWeight how much weight, 0 for any
/// @param maxBytes how many bytes of memory, 0 for any
public record CacheBounds(long maxEntries, long maxWeight, long maxBytes) {

    /// Checks the bounds.
    public CacheBounds {
        Options.inRange("maxEntries", maxEntries, 0, CacheBuilder.MOST_ENTRIES);
        Options.inRange("maxWeight", maxWeight, 0, Long.MAX_VALUE);
        Options.inRange("maxBytes", maxBytes, 0, Long.MAX_VALUE);
    }

    /// Returns these bounds with another number of entries.
    ///
    /// @param maxEntries from 1 to 1,000,000,000
    /// @return the bounds
    public CacheBounds withMaxEntries(long maxEntries) {
        return new CacheBounds(maxEntries, maxWeight, maxBytes);
    }

    /// Returns these bounds with another weight.
    ///
    /// @param maxWeight from 1
    /// @return the bounds
    public CacheBounds withMaxWeight(long maxWeight) {
        return new CacheBounds(maxEntries, maxWeight, maxBytes);
    }

    /// Returns these bounds with another number of bytes.
    ///
    /// @param maxBytes from 1
    /// @return the bounds
    public CacheBounds withMaxBytes(long maxBytes) {
        return new CacheBounds(maxEntries, maxWeight, maxBytes);
    }
}
