package io.patinox.memory.cache.internal;

import io.patinox.memory.cache.ChangeListener;
import io.patinox.memory.cache.RemovalCause;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Tells a [ChangeListener] what happened, in the order in which it happened to each key. Changes
/// go the way of [Removals], wrapped.
final class Changes<K, V> {

    /// What happened to a key: it came in (no old value), got another value, or left (no value).
    private record Change<V>(@Nullable V old, @Nullable V value) {}

    private final Removals<K, Change<V>> queue;

    Changes(
            ChangeListener<? super K, ? super V> listener,
            @Nullable Executor executor,
            CacheReports reports) {
        this.queue =
                new Removals<>(
                        (key, change, cause) -> tell(listener, key, change, cause),
                        executor,
                        reports);
    }

    private static <K, V> void tell(
            ChangeListener<? super K, ? super V> listener,
            K key,
            Change<V> change,
            RemovalCause cause) {
        V old = change.old();
        V value = change.value();
        if (old == null && value != null) {
            listener.created(key, value);
        } else if (old != null && value != null) {
            listener.updated(key, old, value);
        } else if (old != null) {
            listener.removed(key, old, cause);
        }
    }

    void created(K key, V value) {
        queue.add(key, new Change<>(null, value), RemovalCause.REPLACED);
    }

    void updated(K key, V old, V value) {
        queue.add(key, new Change<>(old, value), RemovalCause.REPLACED);
    }

    void removed(K key, V value, RemovalCause cause) {
        queue.add(key, new Change<>(value, null), cause);
    }

    void deliver() {
        queue.deliver();
    }

    boolean awaitQuiet(Duration timeout) throws InterruptedException {
        return queue.awaitQuiet(timeout);
    }

    void abandon() {
        long _ = queue.abandon();
    }
}
