package io.patinox.memory.cache;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/// The figures of a cache at one moment. Immutable. Hits that happen at the same time in one entry
/// may count as one, and values that are replaced by a plain `put` where nobody listens aren't
/// counted; everything else is exact when nothing is in motion.
///
/// @param hits how many reads found a value
/// @param misses how many did not
/// @param loads how many values were loaded, with those that were null
/// @param loadFailures how many loads failed
/// @param loadTime how long loads took together, successful or not
/// @param removals how many entries or values left, by cause
/// @param entries how many entries there are
/// @param weight what they weigh, or `entries` if the cache doesn't weigh
/// @param bytes what they take, or 0 if the cache doesn't measure
public record CacheStatistics(
        long hits,
        long misses,
        long loads,
        long loadFailures,
        Duration loadTime,
        Map<RemovalCause, Long> removals,
        long entries,
        long weight,
        long bytes) {

    /// Copies the removals.
    public CacheStatistics {
        Map<RemovalCause, Long> copy = new EnumMap<>(RemovalCause.class);
        for (RemovalCause cause : RemovalCause.values()) {
            copy.put(cause, removals.getOrDefault(cause, 0L));
        }
        removals = Map.copyOf(copy);
    }

    /// Returns how many of the reads found a value.
    ///
    /// @return from 0 to 1; 1 if there were none
    public double hitRatio() {
        long reads = hits + misses;
        return reads == 0 ? 1 : (double) hits / reads;
    }

    /// Returns how many entries the cache gave up by itself.
    ///
    /// @return from 0
    public long evictions() {
        return removals.entrySet().stream()
                .filter(e -> e.getKey().evicted())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
