package io.patinox.memory.pool.internal;

import org.jspecify.annotations.Nullable;

/// Serves the queue: gives slots to its head and to nobody else. Guarded by the engine's lock, but
/// for the questions at the end. [FifoEngine] has the argument.
final class Dispatcher {
    final WaiterQueue queue = new WaiterQueue();
    final Passes passes;
    private final FreeSlots slots;
    private final Custodian custodian;
    private final Pace pace = new Pace();
    private long lastTicketServed;

    // Written under the lock, read without it.
    private volatile int examining;
    private volatile long overtakings;

    Dispatcher(FreeSlots slots, Custodian custodian, int maxOvertaking) {
        this.slots = slots;
        this.custodian = custodian;
        passes = new Passes(maxOvertaking);
    }

    /// Appends a waiter to the queue.
    ///
    /// @return whether it is the first
    boolean append(Waiter waiter, long now) {
        boolean first = queue.head() == null;
        long yieldNanos = pace.yieldNanos(queue.size(), now);
        if (yieldNanos > 0) {
            waiter.mayYield(pace, now, yieldNanos);
        }
        queue.append(waiter);
        if (first) {
            passes.newHead(now);
        }
        return first;
    }

    /// Gives slots to the head for as long as there are both.
    ///
    /// @param spare a slot that the caller holds, or -1
    /// @param scan whether to look for free slots too
    void dispatch(int spare, boolean scan, long now, Outbox out) {
        int slot = spare;
        int from = 0;
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

    void grant(Waiter head, int slot, long now, Outbox out) {
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

    void unlink(Waiter waiter) {
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

    /// {@return how many slots are being examined for those who wait}
    int examining() {
        return examining;
    }

    /// {@return how often somebody was served before one who had queued before}
    long overtakings() {
        return overtakings + passes.paid();
    }
}
