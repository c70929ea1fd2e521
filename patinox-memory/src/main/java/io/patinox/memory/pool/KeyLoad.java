package io.patinox.memory.pool;

import java.util.Objects;

/// How much one key of a keyed pool is used at a moment.
///
/// @param <K> the type of the keys
/// @param key the key
/// @param inUse how many objects are lent, being validated or being recycled
/// @param idle how many objects are idle
/// @param waiting how many borrowers are queued
public record KeyLoad<K>(K key, int inUse, int idle, int waiting) {
    /// Checks that there is a key.
    public KeyLoad {
        Objects.requireNonNull(key, "key");
    }
}
