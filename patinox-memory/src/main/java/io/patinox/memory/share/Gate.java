package io.patinox.memory.share;

import io.patinox.memory.error.ShareReentrantException;
import java.io.Serial;
import java.util.concurrent.locks.ReentrantLock;

/// The lock of one handle, made when it is first needed. First come, first served.
final class Gate extends ReentrantLock {
    @Serial private static final long serialVersionUID = 1L;

    static final long TIMEOUT_NANOS = 30_000_000_000L;

    // guarded by the lock
    private boolean updating;

    Gate() {
        super(true);
    }

    /// Enters for a look. Those who are inside a look already may enter again.
    void enter(String call) {
        if (isHeldByCurrentThread() && updating) {
            throw new ShareReentrantException(SharedData.NAME, call, "update");
        }
        acquire(call);
    }

    /// Enters for an update, which nobody can who is inside already.
    void enterUpdate(String call) {
        if (isHeldByCurrentThread()) {
            throw new ShareReentrantException(SharedData.NAME, call, updating ? "update" : "read");
        }
        acquire(call);
        updating = true;
    }

    private void acquire(String call) {
        boolean free = isHeldByCurrentThread() || !hasQueuedThreads();
        if (!Waits.tryLock(this, free, TIMEOUT_NANOS, SharedData.NAME, call)) {
            throw Waits.timeout(SharedData.NAME, call, TIMEOUT_NANOS);
        }
    }

    void leaveUpdate() {
        updating = false;
        unlock();
    }
}
