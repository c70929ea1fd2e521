package io.patinox.memory.pool.internal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What is left to do once the engine's lock is released: the waiters to wake, in the order in
/// which they were served, and the slots to examine. The waiters are linked by the field that
/// linked them in the queue, which they have left for good.
final class Outbox {
    private static final int[] NONE = {};

    private @Nullable Waiter first;
    private @Nullable Waiter last;
    private int[] suspects = NONE;
    private int suspectCount;
    private boolean leftOver;

    /// The time at which this is done, as far as it is known.
    long nowNanos;

    /// Makes one for something that happens at no certain time.
    Outbox() {}

    Outbox(long nowNanos) {
        this.nowNanos = nowNanos;
    }

    void add(Waiter waiter) {
        if (last == null) {
            first = waiter;
        } else {
            last.next = waiter;
        }
        last = waiter;
    }

    /// A slot came back to a closed engine, and must be claimed.
    void leaveOver() {
        leftOver = true;
    }

    boolean hasLeftOver() {
        return leftOver;
    }

    void examine(int slot) {
        if (suspectCount == suspects.length) {
            suspects = Arrays.copyOf(suspects, Math.max(4, 2 * suspectCount));
        }
        suspects[suspectCount++] = slot;
    }

    /// Takes out one of the slots to examine.
    ///
    /// @return the slot, or -1
    int nextSuspect() {
        return suspectCount == 0 ? -1 : suspects[--suspectCount];
    }

    /// Wakes all waiters, whatever happens to one; the last failure is thrown at the end.
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
        first = null;
        last = null;
        if (failed != null) {
            throw failed;
        }
    }
}
