package io.patinox.memory.share;

import io.patinox.memory.error.ShareReentrantException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Keeps versions that nobody changes any more: a write makes another one and publishes it.
final class SnapshotStore<T> extends Store<T> {

    /*
     * A version is published as one object, `current`, so value and version cannot disagree; then
     * its value through `front`, which is the field that lock-free reads look at; then once more as
     * `shown`. All are written under `publication`, which is held for these writes and runs no code
     * of the user. A reader of `current` that finds `shown` different waits for them, so whoever
     * saw a version does not read an older value afterwards; and whoever saw a value at the front
     * finds its version, as `current` is written before it.
     *
     * Writers hold `writing` for the length of their function. It is fair, so a writer waits for
     * those before it only; readers are nobody's concern.
     */

    private final ReentrantLock writing = new ReentrantLock(true);
    private final Object publication = new Object();
    private final @Nullable Copier<T> copier;
    private final boolean skipEqual;
    private final Consumer<@Nullable T> front;
    // what the next write starts from; guarded by `writing`
    private T payload;
    private volatile Snapshot<T> current;
    private volatile T shown;

    SnapshotStore(
            String name,
            Reports reports,
            long lockTimeoutNanos,
            T payload,
            @Nullable Copier<T> copier,
            boolean skipEqual,
            Consumer<@Nullable T> front) {
        super(name, reports, lockTimeoutNanos);
        this.copier = copier;
        this.skipEqual = skipEqual;
        this.front = front;
        this.payload = payload;
        this.current = new Snapshot<>(view(payload), 1);
        this.shown = current.value();
        front.accept(current.value());
    }

    private T view(T made) {
        return copier == null ? made : given(copier.view(made));
    }

    @Override
    <R extends @Nullable Object> Outcome<R> tryRead(
            String call, long timeoutNanos, VersionedFunction<? super T, ? extends R> function) {
        ensureOpen();
        reports.read();
        Snapshot<T> now = newest(timeoutNanos);
        return new Outcome<>(function.apply(now.value(), now.version()));
    }

    @Override
    long write(String call, long timeoutNanos, long expectedVersion, UnaryOperator<T> function) {
        if (writing.isHeldByCurrentThread()) {
            throw new ShareReentrantException(name, call, "write");
        }
        ensureOpen();
        if (!Waits.tryLock(writing, !writing.hasQueuedThreads(), timeoutNanos, name, call)) {
            reports.timeouts.increment();
            return TIMED_OUT;
        }
        try {
            ensureOpen();
            Snapshot<T> old = current;
            if (expectedVersion != 0 && expectedVersion != old.version()) {
                return OTHER_VERSION;
            }
            T next = made(function);
            if (copier == null && isSame(old.value(), next)) {
                return old.version();
            }
            publish(next, new Snapshot<>(view(next), old.version() + 1));
            return old.version() + 1;
        } finally {
            writing.unlock();
        }
    }

    private T made(UnaryOperator<T> function) {
        boolean done = false;
        try {
            T base = payload;
            if (copier != null) {
                base = Lineage.checkedCopy(copier, base);
                reports.copies.incrementAndGet();
            }
            T next = given(function.apply(base));
            done = true;
            return next;
        } finally {
            if (!done) {
                reports.writeFailures.incrementAndGet();
            }
        }
    }

    private boolean isSame(T old, T next) {
        return Identity.same(next, old) || (skipEqual && next.equals(old));
    }

    private void publish(T next, Snapshot<T> made) {
        synchronized (publication) {
            // one that was closed meanwhile stays as it was
            ensureOpen();
            payload = next;
            current = made;
            front.accept(made.value());
            shown = made.value();
        }
        reports.writes.incrementAndGet();
    }

    @Override
    Snapshot<T> newest(long timeoutNanos) {
        Snapshot<T> now = current;
        if (Identity.same(now.value(), shown)) {
            return now;
        }
        synchronized (publication) {
            return current;
        }
    }

    @Override
    long version() {
        return newest(0).version();
    }

    @Override
    boolean isMutable() {
        return copier != null;
    }

    @Override
    boolean close() {
        synchronized (publication) {
            front.accept(null);
            return super.close();
        }
    }
}
