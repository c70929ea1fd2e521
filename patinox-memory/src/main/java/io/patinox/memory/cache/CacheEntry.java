package io.patinox.memory.cache;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An entry of a cache as it was at one moment. Immutable.
///
/// @param key its key
/// @param value its value
/// @param weight what it weighs, 1 if the cache doesn't weigh
/// @param bytes what it takes, 0 if the cache doesn't measure
/// @param hits how often it was hit since its policy last looked
/// @param age how long ago it was written, or null if the cache keeps no times
/// @param remaining how long it may still live, or null for without a limit
/// @param tags its tags
/// @param <K> the type of the keys
/// @param <V> the type of the values
public record CacheEntry<K, V>(
        K key,
        V value,
        long weight,
        long bytes,
        int hits,
        @Nullable Duration age,
        @Nullable Duration remaining,
        Set<String> tags) {}
