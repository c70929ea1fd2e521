package io.patinox.memory.cache.internal;

import io.patinox.memory.cache.RemovalCause;
import io.patinox.memory.cache.RemovalListener;
import org.jspecify.annotations.Nullable;

/// Is told under the lock of a shard of every value that leaves: calls the eviction listener, whose
/// place is there, and queues the rest for the removal listener, whose place is elsewhere.
final class Departures<K, V> {

    private final @Nullable RemovalListener<? super K, ? super V> atOnce;
    private final @Nullable RemovalListener<K, V> queue;
    private volatile @Nullable Throwable failure;

    Departures(
            @Nullable RemovalListener<? super K, ? super V> atOnce,
            @Nullable RemovalListener<K, V> queue) {
        this.atOnce = atOnce;
        this.queue = queue;
    }

    /// Makes the queue for a removal listener, if there is one.
    static <K, V> @Nullable RemovalListener<K, V> queue(CacheSettings<K, V> settings) {
        RemovalListener<? super K, ? super V> listener = settings.removalListener();
        return listener == null ? null : listener::removed;
    }

    /// {@return whether anybody wants to know of replaced values}
    boolean listened() {
        return queue != null;
    }

    /// {@return whether a user's function runs under the lock}
    boolean atOnce() {
        return atOnce != null;
    }

    void left(K key, V value, RemovalCause cause) {
        if (atOnce != null && cause.evicted()) {
            try {
                atOnce.removed(key, value, cause);
            } catch (Throwable thrown) {
                failure = thrown;
            }
        }
        if (queue != null) {
            queue.removed(key, value, cause);
        }
    }

    /// {@return what the eviction listener threw since this was last asked, or null}
    @Nullable Throwable takeFailure() {
        Throwable taken = failure;
        if (taken != null) {
            failure = null;
        }
        return taken;
    }
}
