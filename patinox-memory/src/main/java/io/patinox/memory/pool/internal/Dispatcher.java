package io.patinox.memory.pool.internal;

import org.jspecify.annotations.Nullable;

/// Serves the queue: gives slots to its head and to nobody else. Guarded by the engine's lock, but
/// for the questions at the end. [FifoEngine] has the argument.
final class Dispatcher {
    /*
     * While suspended every take() fails and every put() comes to the engine's lock, as somebody is
     * counted; and here nothing is given, and what is put becomes free. Whoever resumes has the
     * queue served under the same lock, which brings I2 back.
     *
     * A batch is queued in one step, so its waiters have tickets in a row and no other batch can
     * have some in between. Of two batches the first is served completely before the second gets
     * anything: they never hold parts of what the other needs. A batch waits for the lock, and so
     * does everybody where the queue is limited: whether they may queue must be known at once.
     */
    private static final int NEAR_LIMIT = 1_000_000;

    final WaiterQueue queue = new WaiterQueue();
    final Passes passes;
    private final FreeSlots slots;
    private final Custodian custodian;
    private final Pace pace = new Pace();
    private long lastTicketServed;
    private Admission admission = Admission.ALL;

    // Written under the lock, read without it.
    private volatile int examining;
    private volatile long overtakings;
    private volatile boolean suspended;

    Dispatcher(FreeSlots slots, Custodian custodian, int maxOvertaking) {
        this.slots = slots;
        this.custodian = custodian;
        passes = new Passes(maxOvertaking);
    }

    /// Limits the queue. Called before anybody uses the engine.
    void limit(Admission limit) {
        admission = limit;
    }

    /// {@return whether so many wait that whoever comes must ask under the lock: with a distance
    /// that those who are on their way without it can't bridge}
    boolean isNearLimit(int waiting) {
        return waiting > admission.most() - NEAR_LIMIT;
    }

    /// Says why so many more must not be queued, as the state they end in; `WAITING` if they may.
    int refusal(int count, long now, Outbox out) {
        if (admission.isUnquestioned(queue.size() + count)) {
            return Waiter.WAITING;
        }
        liveHead(now, out);
        int coming = examining + slots.freeCount();
        return admission.admits(queue.size() + count, coming) ? Waiter.WAITING : Waiter.REFUSED;
    }

    /// Appends a waiter to the queue.
    void append(Waiter waiter, long now) {
        if (queue.head() == null) {
            passes.newHead(now);
        }
        long yieldNanos = pace.yieldNanos(queue.size(), now);
        if (yieldNanos > 0) {
            waiter.mayYield(pace, now, yieldNanos);
        }
        queue.append(waiter);
    }

    /// Gives a slot that was examined to the head, or frees it.
    void give(int slot, long now, Outbox out) {
        Waiter head = suspended ? null : liveHead(now, out);
        if (head == null) {
            slots.expose(slot);
        } else {
            grant(head, slot, now, out);
        }
    }

    /// Gives slots to the head for as long as there are both.
    ///
    /// @param spare a slot that the caller holds, or -1
    /// @param scan whether to look for free slots too
    void dispatch(int spare, boolean scan, long now, Outbox out) {
        int slot = spare;
        int from = 0;
        if (suspended) {
            if (slot >= 0) {
                slots.expose(slot);
            }
            return;
        }
        for (Waiter head = liveHead(now, out); head != null; head = liveHead(now, out)) {
            if (slot < 0) {
                slot = slots.claimFrom(from);
                if (slot < 0) {
                    return;
                }
                from = slot + 1;
            }
            if (!custodian.isDoubtful(slot)) {
                grant(head, slot, now, out);
            } else if (examining < queue.size()) {
                countExamined(1);
                out.examine(slot);
            } else {
                slots.expose(slot);
            }
            if (!scan) {
                return;
            }
            slot = -1;
        }
        if (slot >= 0) {
            slots.expose(slot);
        }
    }

    /// Ends the wait of those at the head who are late.
    ///
    /// @return the first who isn't
    @Nullable Waiter liveHead(long now, Outbox out) {
        for (Waiter head = queue.head(); head != null; head = queue.head()) {
            if (!head.isExpired(now)) {
                return head;
            }
            head.end(Waiter.EXPIRED);
            unlink(head);
            out.add(head);
        }
        return null;
    }

    private void grant(Waiter head, int slot, long now, Outbox out) {
        pace.served(now);
        if (head.ticket < lastTicketServed) {
            countOvertakings(1);
        }
        lastTicketServed = Math.max(lastTicketServed, head.ticket);
        head.grant(slot);
        unlink(head);
        out.add(head);
    }

    void countExamined(int change) {
        int before = examining;
        examining = before + change;
    }

    private void countOvertakings(int more) {
        if (more > 0) {
            long before = overtakings;
            overtakings = before + more;
        }
    }

    private void unlink(Waiter waiter) {
        if (queue.isHead(waiter)) {
            countOvertakings(passes.renew());
        }
        queue.remove(waiter);
        slots.leave();
    }

    /// Ends a wait otherwise than by a grant.
    void end(Waiter waiter, int outcome) {
        waiter.end(outcome);
        unlink(waiter);
    }

    /// Ends the wait of a waiter that gets something else instead of a slot.
    void fail(Waiter waiter, Throwable failure, Outbox out) {
        waiter.fail(failure);
        unlink(waiter);
        out.add(waiter);
    }

    /// Gives nothing to anybody from now on.
    ///
    /// @return false when it was so before
    boolean suspend() {
        boolean was = suspended;
        suspended = true;
        return !was;
    }

    /// Gives again.
    ///
    /// @return false when it was so before
    boolean resume() {
        boolean was = suspended;
        suspended = false;
        return was;
    }

    boolean isSuspended() {
        return suspended;
    }

    /// {@return how many slots are being examined for those who wait}
    int examining() {
        return examining;
    }

    /// {@return how often somebody was served before one who had queued before}
    long overtakings() {
        return overtakings + passes.paid();
    }
}
