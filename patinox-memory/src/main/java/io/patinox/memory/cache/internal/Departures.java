package io.patinox.memory.cache.internal;

import io.patinox.memory.cache.ChangeListener;
import io.patinox.memory.cache.RemovalCause;
import io.patinox.memory.cache.RemovalListener;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Is told under the lock of a shard of every value that leaves: calls the eviction listener, whose
/// place is there, and notes the rest for the removal listener, whose place is elsewhere.
final class Departures<K, V> {

    private final Troubles troubles;
    private final @Nullable RemovalListener<? super K, ? super V> atOnce;
    private final @Nullable Removals<K, V> removals;
    private final @Nullable Changes<K, V> changes;

    Departures(CacheSettings<K, V> settings, CacheReports reports, Troubles troubles) {
        this.troubles = troubles;
        this.atOnce = settings.evictionListener();
        RemovalListener<? super K, ? super V> later = settings.removalListener();
        this.removals = later == null ? null : new Removals<>(later, settings.executor(), reports);
        ChangeListener<? super K, ? super V> all = settings.changeListener();
        this.changes = all == null ? null : new Changes<>(all, settings.executor(), reports);
    }

    /// {@return whether anybody wants to know of replaced values}
    boolean listened() {
        return removals != null || changes != null;
    }

    /// {@return whether a user's function runs under the lock}
    boolean atOnce() {
        return atOnce != null;
    }

    void entered(K key, V value) {
        if (changes != null) {
            changes.created(key, value);
        }
    }

    void replaced(K key, V old, V value) {
        if (removals != null) {
            removals.add(key, old, RemovalCause.REPLACED);
        }
        if (changes != null) {
            changes.updated(key, old, value);
        }
    }

    void left(K key, V value, RemovalCause cause) {
        if (atOnce != null && cause.evicted()) {
            try {
                atOnce.removed(key, value, cause);
            } catch (Throwable thrown) {
                troubles.add("evictionListener", thrown);
            }
        }
        if (removals != null) {
            removals.add(key, value, cause);
        }
        if (changes != null) {
            changes.removed(key, value, cause);
        }
    }

    /// {@return how many removals the listener has not yet been told of}
    long waiting() {
        return removals == null ? 0 : removals.waiting();
    }

    /// Has delivered what was noted. Not under any lock.
    void deliver() {
        if (removals != null) {
            removals.deliver();
        }
        if (changes != null) {
            changes.deliver();
        }
    }

    /// Waits until everything is delivered, and drops what is not by then.
    ///
    /// @throws InterruptedException if the thread is interrupted meanwhile; then the rest is
    ///   dropped
    void close(Duration timeout) throws InterruptedException {
        long endNanos = System.nanoTime() + timeout.toNanos();
        boolean quiet = false;
        try {
            quiet = removals == null || removals.awaitQuiet(timeout);
        } finally {
            if (!quiet && removals != null) {
                long _ = removals.abandon();
            }
            if (changes != null) {
                closeChanges(changes, Duration.ofNanos(endNanos - System.nanoTime()));
            }
        }
    }

    private static void closeChanges(Changes<?, ?> changes, Duration left)
            throws InterruptedException {
        boolean quiet = false;
        try {
            quiet = changes.awaitQuiet(left);
        } finally {
            if (!quiet) {
                changes.abandon();
            }
        }
    }
}
