package io.patinox.memory.pool.internal;

import io.patinox.memory.error.PoolClosedException;
import io.patinox.memory.error.PoolUnavailableException;
import io.patinox.memory.pool.LeaseBatch;
import io.patinox.memory.pool.PooledConnection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Several acquires that succeed together or not at all: so many waiters in a row.
abstract class Batch<C> {
    /*
     * The members enter the queue in one step, next to each other, and have the same deadline. The
     * engine serves the queue from its head, so the members are granted in order, and when the last
     * is granted all are: only then is anybody woken. Two batches can't wait for each other, as
     * they would if each took its objects one by one: whichever stands in front gets all of its
     * objects before the other gets any. What a batch has been granted is kept for it meanwhile;
     * it could go to nobody else, since all others stand behind.
     *
     * A batch ends early when one of its members ends without a slot: at the deadline, when the
     * pool is closed, or when it gets the failure of a validation. It then gives up as a whole:
     * members that still wait leave the queue, and what was granted to the others goes on to
     * whoever is next. Giving up and granting race as they do for one waiter, member by member, and
     * the loser reads the winner's state.
     */
    final ObjectPool<C> pool;
    final long begun;
    final long nanos;
    private final List<Waiter> members;
    private volatile boolean broken;
    private volatile @Nullable RuntimeException refused;

    Batch(ObjectPool<C> pool, int count, long nanos) {
        this.pool = pool;
        this.nanos = nanos;
        begun = pool.clock().nanos();
        List<Waiter> places = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            places.add(new Member(begun + nanos));
        }
        members = Collections.unmodifiableList(places);
    }

    /// Queues all of it.
    ///
    /// @throws RuntimeException when the pool is closed or the queue is full
    final void enter() {
        PoolUnavailableException unavailable = pool.borrowing().refusal();
        if (unavailable != null) {
            throw unavailable;
        }
        pool.keeper().ensureStarted();
        if (!pool.engine().enqueueAll(members, begun)) {
            throw pool.borrowing().notAdmitted(last());
        }
        boolean entered = false;
        try {
            pool.batches().add(this);
            pool.borrowing().afterQueueing(last(), nanos);
            entered = true;
        } finally {
            if (!entered) {
                giveUp();
            }
        }
    }

    final int size() {
        return members.size();
    }

    private Waiter last() {
        return members.getLast();
    }

    /// {@return whether there is nothing more to wait for}
    final boolean isOver() {
        return broken || refused != null || last().state() != Waiter.WAITING;
    }

    /// Ends the wait, since the pool has become too small.
    final void refuse(RuntimeException reason) {
        refused = reason;
        signal();
    }

    /// {@return why there are no leases, or null when there are}
    final @Nullable Throwable failure() {
        boolean whole = true;
        for (Waiter member : members) {
            switch (member.state()) {
                case Waiter.GRANTED -> {}
                case Waiter.EXPIRED -> {
                    return pool.borrowing().timedOut(nanos);
                }
                case Waiter.CLOSED -> {
                    return new PoolClosedException(pool.name());
                }
                case Waiter.FAILED -> {
                    return pool.borrowing().failureOf(member);
                }
                default -> whole = false;
            }
        }
        RuntimeException reason = refused;
        if (whole) {
            return null;
        }
        return reason == null ? new IllegalStateException("not over yet") : reason;
    }

    /// Lends everything that was granted, which is all.
    final LeaseBatch<C> lend(long waited) {
        pool.batches().remove(this);
        List<PooledConnection<C>> leases = new ArrayList<>(members.size());
        int next = 0;
        try {
            while (next < members.size()) {
                // From here on the slot is the lease's, or was given back when there was none.
                Slot<C> slot = pool.slot(members.get(next++).slot());
                leases.add(pool.lend(slot, waited));
            }
            return new Leases<>(leases);
        } catch (Error noMemory) {
            Leases.closeAll(leases);
            giveBackFrom(next);
            throw noMemory;
        }
    }

    private void giveBackFrom(int first) {
        for (Waiter member : members.subList(first, members.size())) {
            pool.offer(pool.slot(member.slot()));
        }
    }

    /// Leaves the queue, and passes on what was granted meanwhile.
    final void giveUp() {
        pool.batches().remove(this);
        // The last first: the slots that still arrive then go to members that were there before.
        for (Waiter member : members.reversed()) {
            if (!pool.engine().cancel(member, Waiter.CANCELLED)
                    && member.state() == Waiter.GRANTED) {
                pool.offer(pool.slot(member.slot()));
            }
        }
    }

    /// Tells whoever waits for the batch that it is over. May be called more than once.
    abstract void signal();

    /// One place in the queue.
    private final class Member extends Waiter {
        Member(long deadlineNanos) {
            super(null, deadlineNanos);
        }

        @Override
        void wake() {
            if (state() != GRANTED) {
                broken = true;
            }
            if (isOver()) {
                signal();
            }
        }
    }
}
