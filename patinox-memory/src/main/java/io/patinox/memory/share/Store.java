package io.patinox.memory.share;

import io.patinox.memory.error.Options;
import io.patinox.memory.error.ShareClosedException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Where mutable shared data keeps its payload: [SnapshotStore] or [InPlaceStore].
abstract sealed class Store<T> permits SnapshotStore, InPlaceStore {
    /// In place of a version: nothing was done, for the data stayed locked.
    static final long TIMED_OUT = -1;

    /// In place of a version: nothing was done, for the data was at another version.
    static final long OTHER_VERSION = -2;

    final String name;
    final Reports reports;
    final long lockTimeoutNanos;
    private final AtomicBoolean closed = new AtomicBoolean();

    Store(String name, Reports reports, long lockTimeoutNanos) {
        this.name = name;
        this.reports = reports;
        this.lockTimeoutNanos = lockTimeoutNanos;
    }

    /// Reads, or returns null if the data stayed locked.
    abstract <R extends @Nullable Object> @Nullable Outcome<R> tryRead(
            String call, long timeoutNanos, VersionedFunction<? super T, ? extends R> function);

    final <R extends @Nullable Object> R read(
            String call, VersionedFunction<? super T, ? extends R> function) {
        Outcome<R> outcome = this.<R>tryRead(call, lockTimeoutNanos, function);
        if (outcome == null) {
            throw Waits.timeout(name, call, lockTimeoutNanos);
        }
        return outcome.result();
    }

    /// Refuses what would see half a change.
    void ensureSettled(String call) {}

    /// Writes, if the data is at the expected version, 0 for any.
    abstract long write(
            String call, long timeoutNanos, long expectedVersion, UnaryOperator<T> function);

    /// Returns the newest value with its version, also after the close.
    abstract Snapshot<T> newest(long timeoutNanos);

    abstract long version();

    abstract boolean isMutable();

    /// {@return false if it was closed before}
    boolean close() {
        return closed.compareAndSet(false, true);
    }

    final boolean isClosed() {
        return closed.get();
    }

    final void ensureOpen() {
        if (isClosed()) {
            throw new ShareClosedException(name);
        }
    }

    static <R> R given(@Nullable R result) {
        return Options.required("result of the function", result);
    }

    /// What a function returned, which may be null.
    record Outcome<R extends @Nullable Object>(R result) {}
}
