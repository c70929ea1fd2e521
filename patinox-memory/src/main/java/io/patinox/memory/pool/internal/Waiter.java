package io.patinox.memory.pool.internal;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A borrower in the queue: a parked thread, or (in a subclass) a future.
///
/// The state moves once, under the engine's lock, from `WAITING` to one of the others; the waiter
/// itself reads it without the lock.
class Waiter extends Mail {
    static final int WAITING = 0;
    static final int GRANTED = 1;
    static final int EXPIRED = 2;
    static final int CANCELLED = 3;
    static final int CLOSED = 4;
    static final int FAILED = 5;
    static final int REFUSED = 6;

    /// The monotonic time at which waiting is over.
    final long deadlineNanos;

    private final @Nullable Thread thread;
    private volatile int state;
    private volatile boolean parked;

    /// Who allowed it to yield its processor instead of parking, until when, and when it did.
    private @Nullable Pace pace;

    private long yieldUntilNanos;
    private long yieldedAtNanos;

    /// Whether it is to look for a free slot itself; only where overtaking is allowed.
    private volatile boolean told;

    /// The slot that was granted; written before the state.
    private int slot = -1;

    /// What it gets instead of a slot; written before the state.
    private @Nullable Throwable failure;

    /// The place in line, given by the queue; 0 before.
    long ticket;

    /// Whether it stands in the queue now; guarded by the engine's lock.
    boolean queued;

    @Nullable Waiter previous;
    @Nullable Waiter next;

    Waiter(@Nullable Thread thread, long deadlineNanos) {
        this.thread = thread;
        this.deadlineNanos = deadlineNanos;
    }

    final int state() {
        return state;
    }

    /// {@return the granted slot; valid in state `GRANTED`}
    final int slot() {
        return slot;
    }

    final void grant(int granted) {
        slot = granted;
        state = GRANTED;
    }

    final void end(int outcome) {
        state = outcome;
    }

    final void fail(Throwable cause) {
        failure = cause;
        state = FAILED;
    }

    /// {@return what ended the wait; valid in state `FAILED`}
    final @Nullable Throwable failure() {
        return failure;
    }

    final boolean isExpired(long now) {
        return deadlineNanos - now <= 0;
    }

    /// Waits for a change of state, or to be told to look; may return early, and does so often
    /// while its turn is expected soon (see [Pace]). Called by the waiter's own thread. A virtual
    /// thread waits without a time limit, for timers are what costs it most: the keeper ends its
    /// wait.
    ///
    /// @param nanos the time that is left until the deadline, if it keeps time
    @SuppressWarnings("ThreadPriorityCheck") // it is for speed: whether it yields or parks is right
    final void park(Object blocker, long nanos) {
        if (pace != null && mayYieldAt(deadlineNanos - nanos)) {
            Thread.yield();
            return;
        }
        parked = true;
        // The flag is set before the state is read, and the waker writes the state before it reads
        // the flag: one of the two sees the other. A waiter that is not parked is not unparked, so
        // that no stale permit cuts short a later park of the user's.
        if (state == WAITING && !told) {
            if (keepsTime()) {
                LockSupport.parkNanos(blocker, nanos);
            } else {
                LockSupport.park(blocker);
            }
        }
        parked = false;
    }

    /// Lets it yield before it parks, if it is a platform thread. A hint: its own thread may see it
    /// late.
    final void mayYield(Pace allowedBy, long now, long nanos) {
        if (keepsTime()) {
            yieldedAtNanos = now;
            yieldUntilNanos = now + nanos;
            pace = allowedBy;
        }
    }

    private boolean mayYieldAt(long now) {
        if (yieldUntilNanos - now <= 0 || isBackLate(now)) {
            pace = null;
            return false;
        }
        yieldedAtNanos = now;
        return true;
    }

    /// Says that its own thread is back, if it may have been away.
    ///
    /// @return whether it was away for long
    final boolean isBackLate(long now) {
        Pace allowedBy = pace;
        return allowedBy != null && allowedBy.tookLong(yieldedAtNanos, now);
    }

    /// {@return whether it ends its wait in time by itself}
    final boolean keepsTime() {
        return thread != null && !thread.isVirtual();
    }

    /// {@return whether it can be told to look for a slot itself}
    final boolean canLook() {
        return thread != null;
    }

    /// Tells it to look for a slot.
    final void tell() {
        told = true;
        if (parked) {
            LockSupport.unpark(thread);
        }
    }

    /// {@return whether it was told to look since it was last asked}
    final boolean wasTold() {
        boolean was = told;
        if (was) {
            told = false;
        }
        return was;
    }

    /// Tells the waiter that its state has changed. Called without the engine's lock.
    void wake() {
        if (parked) {
            LockSupport.unpark(thread);
        }
    }
}
