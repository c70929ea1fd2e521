package io.patinox.memory.share;

import io.patinox.memory.error.ShareReentrantException;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Keeps one payload that writes change where it is, while nobody reads.
final class InPlaceStore<T> extends Store<T> {

    /*
     * The JDK's read-write lock in its fair mode: a reader queues behind a writer that waits, so a
     * writer waits for the readers that were there before it and no others, and readers wait for
     * one writer at a time. A thread that reads may read again, past those who wait; if it writes,
     * it would wait for itself, which is refused here before it does.
     *
     * `version`, `payload` and `view` are written under the write lock. A snapshot is a copy made
     * under the read lock, once a version; `memo` may be replaced by an older copy when two threads
     * copy at once, which costs another copy and is noticed by its version.
     */

    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock(true);
    private final Copier<T> copier;
    private T payload;
    private T view;
    private volatile long version = 1;
    private volatile @Nullable Snapshot<T> memo;

    InPlaceStore(String name, Reports reports, long lockTimeoutNanos, T payload, Copier<T> copier) {
        super(name, reports, lockTimeoutNanos);
        this.copier = copier;
        this.payload = payload;
        this.view = given(copier.view(payload));
    }

    @Override
    <R extends @Nullable Object> @Nullable Outcome<R> tryRead(
            String call, long timeoutNanos, VersionedFunction<? super T, ? extends R> function) {
        ensureOpen();
        if (!enterRead(call, timeoutNanos)) {
            return null;
        }
        try {
            ensureOpen();
            reports.read();
            return new Outcome<>(function.apply(view, version));
        } finally {
            lock.readLock().unlock();
        }
    }

    private boolean enterRead(String call, long timeoutNanos) {
        boolean inside = lock.isWriteLockedByCurrentThread() || lock.getReadHoldCount() > 0;
        boolean free = inside || !lock.hasQueuedThreads();
        if (Waits.tryLock(lock.readLock(), free, timeoutNanos, name, call)) {
            return true;
        }
        reports.timeouts.increment();
        return false;
    }

    @Override
    void ensureSettled(String call) {
        if (lock.isWriteLockedByCurrentThread()) {
            throw new ShareReentrantException(name, call, "write");
        }
    }

    @Override
    long write(String call, long timeoutNanos, long expectedVersion, UnaryOperator<T> function) {
        if (lock.isWriteLockedByCurrentThread() || lock.getReadHoldCount() > 0) {
            throw new ShareReentrantException(
                    name, call, lock.isWriteLockedByCurrentThread() ? "write" : "read");
        }
        ensureOpen();
        boolean free = !lock.hasQueuedThreads();
        if (!Waits.tryLock(lock.writeLock(), free, timeoutNanos, name, call)) {
            reports.timeouts.increment();
            return TIMED_OUT;
        }
        try {
            ensureOpen();
            return expectedVersion != 0 && expectedVersion != version
                    ? OTHER_VERSION
                    : change(function);
        } finally {
            lock.writeLock().unlock();
        }
    }

    private long change(UnaryOperator<T> function) {
        long changed = version + 1;
        boolean done = false;
        try {
            T next = given(function.apply(payload));
            if (!Identity.same(next, payload)) {
                view = given(copier.view(next));
                payload = next;
            }
            done = true;
        } finally {
            // also after a failure: the payload may have been changed
            version = changed;
            reports.damaged(!done);
            (done ? reports.writes : reports.writeFailures).incrementAndGet();
        }
        return changed;
    }

    @Override
    Snapshot<T> newest(long timeoutNanos) {
        ensureSettled("snapshot");
        Snapshot<T> known = memo;
        if (known != null && known.version() == version) {
            return known;
        }
        if (!enterRead("snapshot", timeoutNanos)) {
            throw Waits.timeout(name, "snapshot", timeoutNanos);
        }
        try {
            T copy = Lineage.checkedCopy(copier, payload);
            reports.copies.incrementAndGet();
            Snapshot<T> made = new Snapshot<>(given(copier.view(copy)), version);
            memo = made;
            return made;
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    long version() {
        return version;
    }

    @Override
    boolean isMutable() {
        return true;
    }
}
