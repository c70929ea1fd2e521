package io.patinox.memory.cache;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Says for each entry how long it may live.
///
/// A null means: as it is; for a new entry, without a limit. Zero or less: at once. A function that
/// throws makes the operation that called it throw, and nothing is changed.
///
/// @param <K> the type of the keys
/// @param <V> the type of the values
@FunctionalInterface
public interface Expiry<K, V> {

    /// Returns how long a new entry may live.
    ///
    /// @param key its key
    /// @param value its value
    /// @return the time, or null for no limit
    @Nullable Duration afterCreate(K key, V value);

    /// Returns how long an entry may live after its value was replaced. By default as a new one.
    ///
    /// @param key its key
    /// @param value its new value
    /// @param remaining how long it might have lived, or null for without a limit
    /// @return the time from now, or null to leave it as it is
    default @Nullable Duration afterUpdate(K key, V value, @Nullable Duration remaining) {
        return afterCreate(key, value);
    }

    /// Returns how long an entry may live after it was read. By default that changes nothing.
    ///
    /// @param key its key
    /// @param value its value
    /// @param remaining how long it might have lived, or null for without a limit
    /// @return the time from now, or null to leave it as it is
    default @Nullable Duration afterRead(K key, V value, @Nullable Duration remaining) {
        return null;
    }
}
