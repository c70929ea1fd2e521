package io.patinox.memory.share;

import io.patinox.memory.error.ShareClosedException;
import org.jspecify.annotations.Nullable;

/// A handle of a mutable payload whose fellow handles are counted, so that it is exclusive again as
/// soon as they are closed. For payloads so large that one needless copy matters.
///
/// {@snippet file="io/patinox/memory/examples/ShareExamples.java" region="counted"}
///
/// It is what [SharedData] is, except that
///
/// - every handle has to be [closed][#close()]; one that is forgotten counts for ever, which costs
///   copies but is never wrong;
/// - every call takes the lock of its handle and `share()` and `close()` write to a counter that
///   all handles have in common: tens of nanoseconds, more under contention;
/// - what [#get()] or [#snapshot()] has handed out cannot be called back, so such a version counts
///   as shared for ever. Use [#read].
///
/// @param <T> the type of the payload
public final class CountedSharedData<T> extends SharedData<T> implements AutoCloseable {

    // guarded by the gate for writing
    private volatile boolean closed;

    CountedSharedData(Cell<T> cell) {
        super(cell, null);
    }

    /// Creates another handle of the same version, to be closed by whoever gets it.
    ///
    /// @return a handle of its own
    @Override
    public CountedSharedData<T> share() {
        Gate own = gate();
        own.enter("share");
        try {
            Cell<T> now = openCell("share");
            now.addHandle();
            return new CountedSharedData<>(now);
        } finally {
            own.unlock();
        }
    }

    /// Returns how many open handles, this one included, have this version.
    ///
    /// @return the number
    /// @throws ShareClosedException if this handle is closed
    public int handles() {
        return openCell("handles").handles();
    }

    /// Closes this handle. Waits for functions that run in it. Idempotent; every other call then
    /// fails with `SHARE-CLOSED`.
    ///
    /// @throws io.patinox.memory.error.ShareReentrantException from within an update of this handle
    @Override
    public void close() {
        if (closed) {
            return;
        }
        Gate own = gate();
        own.enterUpdate("close");
        try {
            if (!closed) {
                Cell<T> last = openCell("close");
                closed = true;
                last.removeHandle();
            }
        } finally {
            own.leaveUpdate();
        }
    }

    /// {@return whether this handle was closed}
    public boolean isClosed() {
        return closed;
    }

    @Override
    Cell<T> openCell(String call) {
        if (closed) {
            throw new ShareClosedException(NAME);
        }
        return super.openCell(call);
    }

    @Override
    @Nullable T handedOut(Cell<T> now) {
        return null;
    }

    @Override
    void moved(Cell<T> from) {
        from.removeHandle();
    }
}
