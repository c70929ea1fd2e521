package io.patinox.memory.config;

import io.patinox.memory.error.ShareClosedException;
import io.patinox.memory.share.MutableSharedData;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The current version and those before it.
///
/// Published by the loader's thread, read by all.
///
/// @param <T> the type of the configuration
final class Versions<T> {
    /*
     * What everybody reads, `front`, is the value itself, so that a read is one volatile read.
     * The snapshot, which knows the version too, is a second field, written before it. Whoever
     * wants the snapshot reads it and then the front: if both show the same object, that version
     * was current at the second read, and at least as new as anything the reader saw before. If
     * not, a publication is under way, and the lock waits for its end; it holds for three writes.
     *
     * A version is published in `data` last, so whoever is told of it there finds it current
     * here. The versions of both agree, since each publication is one write of another object.
     */
    private final ReentrantLock publication = new ReentrantLock();
    private final int kept;
    private final Deque<ConfigSnapshot<T>> history = new ArrayDeque<>();
    private final MutableSharedData<T> data;
    private final Consumer<@Nullable T> front;
    private volatile ConfigSnapshot<T> newest;

    Versions(
            ConfigSnapshot<T> first,
            int kept,
            MutableSharedData<T> data,
            Consumer<@Nullable T> front) {
        this.kept = kept;
        this.data = data;
        this.front = front;
        this.newest = first;
        history.addLast(first);
        front.accept(first.value());
    }

    MutableSharedData<T> data() {
        return data;
    }

    /// Returns the newest version, for the loader and for whoever needs no order with the front.
    ConfigSnapshot<T> newest() {
        return newest;
    }

    /// Returns the version whose value the front shows.
    @SuppressWarnings("ReferenceEquality") // equal values may be of two versions
    ConfigSnapshot<T> paired(@Nullable T shown, ConfigSnapshot<T> read) {
        if (read.value() == shown) {
            return read;
        }
        publication.lock();
        try {
            return newest;
        } finally {
            publication.unlock();
        }
    }

    ConfigSnapshot<T> publish(T value, Instant at, ConfigCause cause) {
        ConfigSnapshot<T> next = new ConfigSnapshot<>(value, newest.version() + 1, at, cause);
        publication.lock();
        try {
            newest = next;
            front.accept(value);
        } finally {
            publication.unlock();
        }
        synchronized (history) {
            history.addLast(next);
            if (history.size() > kept) {
                history.removeFirst();
            }
        }
        try {
            data.write(_ -> value);
        } catch (ShareClosedException closed) {
            // nobody is to be told any more
            return next;
        }
        return next;
    }

    Optional<ConfigSnapshot<T>> find(long version) {
        synchronized (history) {
            return history.stream().filter(kept -> kept.version() == version).findFirst();
        }
    }

    /// {@return the versions that are kept, the newest first}
    List<ConfigSnapshot<T>> history() {
        synchronized (history) {
            return List.copyOf(history.reversed());
        }
    }
}
