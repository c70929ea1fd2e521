package io.patinox.memory.pool.internal;

import org.jspecify.annotations.Nullable;

/// The waiters to wake once the engine's lock is released, in the order in which they were served.
/// They are linked by the field that linked them in the queue, which they have left for good.
final class Wakeups {
    private @Nullable Waiter first;
    private @Nullable Waiter last;

    void add(Waiter waiter) {
        if (last == null) {
            first = waiter;
        } else {
            last.next = waiter;
        }
        last = waiter;
    }

    /// Wakes all of them, whatever happens to one; the last failure is thrown at the end.
    void wakeAll() {
        Error failed = null;
        for (Waiter waiter = first; waiter != null; ) {
            Waiter after = waiter.next;
            waiter.next = null;
            try {
                waiter.wake();
            } catch (Error e) {
                failed = e;
            }
            waiter = after;
        }
        if (failed != null) {
            throw failed;
        }
    }
}
