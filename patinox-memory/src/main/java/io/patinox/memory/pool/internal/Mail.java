package io.patinox.memory.pool.internal;

import org.jspecify.annotations.Nullable;

/// Something for whoever has the engine's lock: a waiter who comes, or a slot that comes back.
abstract class Mail {
    /// The one that was posted before, and from when the mailbox is emptied the one after.
    @Nullable Mail other;

    /// The monotonic time at which it was posted.
    long postedAtNanos;

    /// A slot that came back while somebody else had the lock.
    static final class Returned extends Mail {
        final int slot;

        Returned(int slot) {
            this.slot = slot;
        }
    }
}
