package io.patinox.memory.cache.internal;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A function at work on a key: nobody else may change the key until it lands. A load of a key that
/// is not there may be called off, though: then it lands for those who wait for it, not in the
/// cache.
final class Flight<K, V> {

    /// What sort of function it is.
    enum Kind {
        /// Makes the value of a key that is not there; a write may overtake it.
        LOAD,
        /// Makes a new value of what is there; writes wait for its end.
        COMPUTE
    }

    final K key;
    final int hash;
    final Kind kind;
    // the value that readers see meanwhile
    final @Nullable V old;
    // the entry of that value, as long as it is in the cache; under the lock of the shard
    @Nullable Entry<K, V> entry;
    // a load that was called off; under the lock of the shard
    boolean calledOff;
    // who runs the function: null while it waits for its turn
    volatile @Nullable Thread owner;
    final CompletableFuture<@Nullable V> landing = new CompletableFuture<>();

    Flight(K key, int hash, Kind kind, @Nullable Entry<K, V> entry, @Nullable V old) {
        this.key = key;
        this.hash = hash;
        this.kind = kind;
        this.entry = entry;
        this.old = old;
    }
}
