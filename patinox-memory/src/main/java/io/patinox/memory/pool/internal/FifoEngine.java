package io.patinox.memory.pool.internal;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Shares out numbered slots, strictly first in, first out.
///
/// The fast paths, [#tryTake()] and [#put(int, NanoSource)] with nobody waiting, are those of its
/// [FreeSlots]: engine A has [ControlWords], engine B has [GatedSlots]. All else runs under one
/// lock, which is never held while foreign code runs.
public final class FifoEngine {
    /*
     * Invariants, each true whenever the lock is free and no free() or tend() is under way:
     *
     * I1  the free slots count as many waiters as there are in the queue (+ 1 for ever once closed,
     *     + 1 while suspended)
     * I2  the queue is not empty, and not suspended  =>  no slot is free, but for slots in doubt
     *     while as many are being examined as there are waiters
     * I3  the tickets in the queue ascend from head to tail
     * I4  a slot is free, or held by exactly one party: a borrower, the custodian that examines it,
     *     or whoever calls put() next
     *
     * I1 holds because counts change only here, with the queue, under the lock. I2 holds because
     * enqueue() counts its waiter first and then claims for the head until one of the two runs out,
     * and because a slot can be freed past the lock only while nobody is counted. A slot that is
     * put while somebody waits goes straight to whoever is the head by then.
     *
     * A waiter never takes a slot for itself: only the dispatcher gives, only to the head. So a
     * race of arriving waiters can't bend the order. A slot in doubt is given to nobody: it is
     * examined first, with the waiter where it is in the queue, and is then put like any other. So
     * no waiter ever has to go back, and an examination delays nobody else.
     *
     * Granting, giving up and expiring happen under the lock and move the waiter's state once, so
     * a grant can't be lost between two of them: the loser reads the winner's state. The state
     * moves before the count goes down. The other way round, a slot that is put in between would
     * become free, and be taken, while the waiter still waits for the one it is about to get.
     *
     * Closing enters the count once more and never leaves, so every later take() and put() comes
     * to the lock and finds the engine closed: the fast paths need no look at a closed flag.
     * Suspending enters the count in the same way, and leaves when it ends: meanwhile every take()
     * fails and every put() comes to the lock, where the dispatcher gives nothing and frees the
     * slot. Whoever resumes dispatches under the same lock, which brings I2 back.
     *
     * A batch is queued in one step, so its waiters have tickets in a row and no other batch can
     * have some in between. Of two batches the first is served completely before the second gets
     * anything: they never hold parts of what the other needs.
     *
     * Growing adds slots that are held, under the lock; by I4 their owner puts each when there is
     * something in it. ControlWords and GatedSlots say why what is under way meanwhile is none the
     * worse for it. There is no shrinking: a slot with nothing in it is held for ever.
     *
     * Bounded overtaking (off unless asked for). A slot that is put while somebody waits is left
     * free and the head is told to look, once; until it has looked, newcomers may take what is
     * free. Each such taker pays with one of the head's passes after it has its slot, and has the
     * slot put to the head when none is left. So a head is passed as often as it has passes at the
     * most, counted exactly. No wake-up is lost: the releaser frees, then looks whether the head
     * was told; the head notes that it looks, then looks for free slots.
     */
    private static final int SETTLING_ROUNDS = 2;
    private static final int QUIET_ROUNDS = 2;

    private final FreeSlots slots;
    private final Custodian custodian;
    private final ReentrantLock lock = new ReentrantLock();
    private final WaiterQueue queue = new WaiterQueue();
    private final Passes passes;
    private volatile @Nullable IntConsumer closedClaims;
    private long lastTicketServed;
    private long overtakings;
    private int quietRounds;

    // Written under the lock, read without it.
    private volatile int examining;
    private volatile int settling;
    private volatile int waiting;
    private volatile boolean suspended;
    private Admission admission = Admission.ALL;

    /// Makes engine A, whose slots are all held: the owner puts each when there is something in it.
    ///
    /// @param slots how many slots there are
    public FifoEngine(int slots) {
        this(new ControlWords(slots));
    }

    FifoEngine(FreeSlots slots) {
        this(slots, Custodian.TRUSTING, 0);
    }

    FifoEngine(FreeSlots slots, Custodian custodian, int maxOvertaking) {
        this.slots = slots;
        this.custodian = custodian;
        passes = new Passes(maxOvertaking);
    }

    /// {@return the slot to try first: a hint, so that what belongs to it can be looked up before}
    int likely() {
        return slots.likely();
    }

    /// Takes one slot if it is free and nobody waits.
    boolean tryTake(SlotWord slot) {
        return slots.take(slot);
    }

    /// Takes a free slot unless somebody waits.
    ///
    /// @return the slot, or -1
    public int tryTake() {
        int slot = slots.take();
        return slot < 0 && passes.areGiven() ? overtake() : slot;
    }

    private int overtake() {
        if (waiting == 0 || suspended || !passes.areLeft()) {
            return -1;
        }
        int slot = slots.claim();
        if (slot < 0 || passes.pay()) {
            return slot;
        }
        // The pass went to somebody else, so the slot goes to the head.
        if (!putSlowly(slot, passes::time)) {
            IntConsumer claimed = closedClaims;
            if (claimed != null) {
                claimed.accept(slot);
            }
        }
        return -1;
    }

    /// Gives a slot back: to the head of the queue if somebody waits, else it becomes free.
    ///
    /// @param slot the slot, which the caller holds
    /// @param now the monotonic time, to pass over waiters that have expired; read only if needed
    /// @return false when the engine is closed: the caller still holds the slot
    public boolean put(int slot, NanoSource now) {
        return slots.free(slot) || putSlowly(slot, now);
    }

    /// The same, for who has the slot at hand.
    boolean put(SlotWord slot, NanoSource now) {
        return slots.free(slot) || putSlowly(slot.index, now);
    }

    /// Adds slots, all held, until there are so many. Whatever else is under way goes on.
    ///
    /// @param count how many slots there are to be; with fewer than there are nothing happens
    public void grow(int count) {
        lock.lock();
        try {
            slots.grow(count);
        } finally {
            lock.unlock();
        }
    }

    /// The same, with words that are part of something larger: those of all slots from now on.
    void grow(SlotWord[] words) {
        lock.lock();
        try {
            slots.grow(words);
        } finally {
            lock.unlock();
        }
    }

    private boolean putSlowly(int slot, NanoSource now) {
        if (passes.areGiven() && passes.areLeft()) {
            return leaveToPassers(slot);
        }
        long time = now.nanos();
        Outbox out = new Outbox();
        lock.lock();
        try {
            if (closedClaims != null) {
                return false;
            }
            dispatch(slot, passes.areGiven(), time, out);
        } finally {
            lock.unlock();
        }
        deliver(out, time);
        return true;
    }

    /// Leaves a slot free although somebody waits, and has the head look for it.
    private boolean leaveToPassers(int slot) {
        slots.expose(slot);
        if (closedClaims != null) {
            return !slots.claim(slot);
        }
        if (!passes.headIsTold()) {
            Outbox out = new Outbox();
            lock.lock();
            try {
                Waiter head = queue.head();
                if (head != null && head.canLook()) {
                    passes.tellHead();
                    head.tell();
                } else {
                    dispatch(-1, true, passes.time(), out);
                }
            } finally {
                lock.unlock();
            }
            deliver(out, passes.time());
        }
        return true;
    }

    /// Looks for a free slot, for a head that was told to.
    void look(Waiter waiter, long now) {
        Outbox out = new Outbox();
        lock.lock();
        try {
            if (queue.isHead(waiter)) {
                passes.headLooks(now);
                dispatch(-1, true, now, out);
            }
        } finally {
            lock.unlock();
        }
        deliver(out, now);
    }

    /// Queues a waiter. It may have been served by the time this returns.
    ///
    /// @return false when it is not admitted; its state is then `CLOSED` or `REFUSED`
    boolean enqueue(Waiter waiter, long now) {
        return enqueueAll(List.of(waiter), now);
    }

    /// Queues a batch of waiters, next to each other: nobody gets in between.
    ///
    /// @return false when they are not admitted, none of them; their state is then `CLOSED` or
    ///   `REFUSED`
    boolean enqueueAll(List<? extends Waiter> batch, long now) {
        Outbox out = new Outbox();
        int refusal;
        lock.lock();
        try {
            refusal = refusal(batch.size(), now, out);
            boolean first = queue.head() == null;
            for (Waiter waiter : batch) {
                if (refusal == Waiter.WAITING) {
                    append(waiter, now);
                } else {
                    waiter.end(refusal);
                }
            }
            // Behind somebody who waits there is nothing to be had (I2).
            if (first || examining > 0 || settling > 0) {
                dispatch(-1, true, now, out);
            }
        } finally {
            lock.unlock();
        }
        deliver(out, now);
        return refusal == Waiter.WAITING;
    }

    /// Says why so many more must not be queued, as the state they end in; `WAITING` if they may.
    private int refusal(int count, long now, Outbox out) {
        if (closedClaims != null) {
            return Waiter.CLOSED;
        }
        if (admission.isUnquestioned(queue.size() + count)) {
            return Waiter.WAITING;
        }
        liveHead(now, out);
        int coming = examining + slots.freeCount();
        return admission.admits(queue.size() + count, coming) ? Waiter.WAITING : Waiter.REFUSED;
    }

    private void append(Waiter waiter, long now) {
        if (queue.head() == null) {
            passes.newHead(now);
        }
        queue.append(waiter);
        if (slots.enter()) {
            settling = SETTLING_ROUNDS;
        }
        waiting = queue.size();
    }

    /// Takes a waiter out of the queue because it gives up.
    ///
    /// @return false when it had been served, expired or failed before: see its state; or when it
    ///   never was in the queue
    boolean cancel(Waiter waiter, int outcome) {
        Outbox out = new Outbox();
        lock.lock();
        try {
            if (!waiter.queued) {
                return false;
            }
            waiter.end(outcome);
            unlink(waiter);
            if (passes.areGiven()) {
                dispatch(-1, true, passes.time(), out);
            }
        } finally {
            lock.unlock();
        }
        deliver(out, passes.time());
        return true;
    }

    /// Ends the wait of everybody whose deadline has passed.
    ///
    /// @return the earliest deadline of those who still wait, or `Long.MAX_VALUE` from now
    long expire(long now) {
        Outbox out = new Outbox();
        long earliest = Long.MAX_VALUE;
        lock.lock();
        try {
            for (Waiter w = queue.head(); w != null; ) {
                Waiter after = w.next;
                if (w.isExpired(now)) {
                    w.end(Waiter.EXPIRED);
                    unlink(w);
                    out.add(w);
                } else {
                    earliest = Math.min(earliest, w.deadlineNanos - now);
                }
                w = after;
            }
        } finally {
            lock.unlock();
        }
        deliver(out, now);
        return earliest;
    }

    /// Looks once more for what may have become free unseen, and lets the slots relax when nobody
    /// has waited for a while. The keeper calls it in each round.
    ///
    /// @return whether it should be called again soon
    boolean tend(long now) {
        Outbox out = new Outbox();
        boolean again;
        lock.lock();
        try {
            settling = Math.max(0, settling - 1);
            if (closedClaims == null && queue.head() != null) {
                quietRounds = 0;
                dispatch(-1, true, now, out);
            } else if (++quietRounds >= QUIET_ROUNDS) {
                slots.relax();
            }
            again = settling > 0;
        } finally {
            lock.unlock();
        }
        deliver(out, now);
        claimWhatIsLeft();
        return again;
    }

    /// {@return whether [#tend] should be called soon}
    boolean isSettling() {
        return settling > 0;
    }

    /// Says that an examined slot is fit: it goes to whoever is the head, or becomes free.
    ///
    /// @return false when the engine is closed, or the slot's time is over by now: the caller still
    ///   holds the slot
    boolean pass(int slot, long now) {
        Outbox out = new Outbox();
        boolean taken;
        lock.lock();
        try {
            countExamined(-1);
            if (closedClaims != null) {
                return false;
            }
            taken = !custodian.isOver(slot);
            Waiter head = taken && !suspended ? liveHead(now, out) : null;
            if (!taken) {
                dispatch(-1, true, now, out);
            } else if (head == null) {
                slots.expose(slot);
            } else {
                grant(head, slot, out);
            }
        } finally {
            lock.unlock();
        }
        deliver(out, now);
        return taken;
    }

    /// Says that an examined slot, which the caller keeps, was of no use.
    ///
    /// @param failure what the head gets instead, or null when it waits on
    void fail(long now, @Nullable Throwable failure) {
        Outbox out = new Outbox();
        failInto(now, failure, out);
        deliver(out, now);
    }

    private void failInto(long now, @Nullable Throwable failure, Outbox out) {
        lock.lock();
        try {
            countExamined(-1);
            if (closedClaims != null) {
                return;
            }
            Waiter head = failure == null ? null : liveHead(now, out);
            if (head != null && failure != null) {
                head.fail(failure);
                unlink(head);
                out.add(head);
            }
            dispatch(-1, true, now, out);
        } finally {
            lock.unlock();
        }
    }

    /// Claims one slot if it is free, for maintenance. With somebody waiting no slot is free, so
    /// this takes nothing from a waiter.
    boolean claim(int slot) {
        return slots.claim(slot);
    }

    /// Closes the engine: fails everybody who waits and claims what is free.
    ///
    /// @param claimed receives each slot that was free, without the lock
    /// @return how many waiters were failed, or -1 when it was closed before
    int close(IntConsumer claimed) {
        Outbox out = new Outbox();
        int failed = 0;
        lock.lock();
        try {
            if (closedClaims != null) {
                return -1;
            }
            closedClaims = claimed;
            if (slots.enter()) {
                settling = SETTLING_ROUNDS;
            }
            for (Waiter w = queue.head(); w != null; w = queue.head()) {
                w.end(Waiter.CLOSED);
                unlink(w);
                out.add(w);
                failed++;
            }
        } finally {
            lock.unlock();
        }
        out.wakeAll();
        claimWhatIsLeft();
        return failed;
    }

    /// Closes the engine unless somebody waits: so nobody is failed.
    ///
    /// @param claimed receives each slot that becomes free from now on, without the lock
    /// @return whether it is closed now, by this call
    boolean closeUnlessWaiting(IntConsumer claimed) {
        lock.lock();
        try {
            if (closedClaims != null || queue.head() != null) {
                return false;
            }
            closedClaims = claimed;
            slots.enter();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void claimWhatIsLeft() {
        IntConsumer claimed = closedClaims;
        if (claimed != null) {
            for (int slot = slots.claimFrom(0); slot >= 0; slot = slots.claimFrom(0)) {
                claimed.accept(slot);
            }
        }
    }

    int waiting() {
        return waiting;
    }

    /// {@return how many slots are being examined for those who wait}
    int examining() {
        return examining;
    }

    int free() {
        return slots.freeCount();
    }

    boolean isFree(int slot) {
        return slots.isFree(slot);
    }

    /// {@return how often somebody was served before one who had queued before: 0, unless
    /// overtaking is allowed}
    long overtakings() {
        lock.lock();
        try {
            return overtakings + passes.paid();
        } finally {
            lock.unlock();
        }
    }

    /// Gives slots to the head for as long as there are both.
    ///
    /// @param spare a slot that the caller holds, or -1
    /// @param scan whether to look for free slots too
    private void dispatch(int spare, boolean scan, long now, Outbox out) {
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
                slot = scan ? slots.claimFrom(from) : -1;
                if (slot < 0) {
                    return;
                }
                from = slot + 1;
            }
            if (!custodian.isDoubtful(slot)) {
                grant(head, slot, out);
            } else if (examining < queue.size()) {
                countExamined(1);
                out.examine(slot);
            } else {
                slots.expose(slot);
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
    private @Nullable Waiter liveHead(long now, Outbox out) {
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

    private void grant(Waiter head, int slot, Outbox out) {
        if (head.ticket < lastTicketServed) {
            overtakings++;
        }
        lastTicketServed = Math.max(lastTicketServed, head.ticket);
        head.grant(slot);
        unlink(head);
        out.add(head);
    }

    private void countExamined(int change) {
        int before = examining;
        examining = before + change;
    }

    private void unlink(Waiter waiter) {
        if (queue.isHead(waiter)) {
            overtakings += passes.renew();
        }
        queue.remove(waiter);
        slots.leave();
        waiting = queue.size();
    }

    /// Does what was put off until the lock was free.
    private void deliver(Outbox out, long now) {
        try {
            out.wakeAll();
        } finally {
            for (int slot = out.nextSuspect(); slot >= 0; slot = out.nextSuspect()) {
                if (!custodian.examine(slot)) {
                    failInto(now, null, out);
                    out.wakeAll();
                    custodian.discard(slot);
                }
            }
        }
    }

    /// Fails everybody who waits, in order, for a reason that is not theirs.
    ///
    /// @param reason asked once under the lock, so it may only read fields: what each gets, or null
    ///   to leave them where they are
    /// @return how many were failed
    int failWaiting(Supplier<? extends @Nullable Throwable> reason) {
        Outbox out = new Outbox();
        int failed = 0;
        lock.lock();
        try {
            Throwable failure = queue.head() == null ? null : reason.get();
            for (Waiter w = queue.head(); w != null && failure != null; w = queue.head()) {
                w.fail(failure);
                unlink(w);
                out.add(w);
                failed++;
            }
        } finally {
            lock.unlock();
        }
        out.wakeAll();
        return failed;
    }

    /// Limits the queue. Called before anybody uses the engine.
    void limitWaiting(Admission limit) {
        admission = limit;
    }

    /// Stops granting: from when this returns, nobody who asks gets anything until [#resume].
    ///
    /// @return false when it was suspended or closed before
    boolean suspend() {
        lock.lock();
        try {
            if (suspended || closedClaims != null) {
                return false;
            }
            suspended = true;
            if (slots.enter()) {
                settling = SETTLING_ROUNDS;
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Grants again, first to those who wait.
    ///
    /// @return false when it was not suspended
    boolean resume(long now) {
        Outbox out = new Outbox();
        lock.lock();
        try {
            if (!suspended) {
                return false;
            }
            suspended = false;
            slots.leave();
            if (closedClaims == null) {
                dispatch(-1, true, now, out);
            }
        } finally {
            lock.unlock();
        }
        deliver(out, now);
        return true;
    }

    boolean isSuspended() {
        return suspended;
    }

    /// {@return how many of those who wait need a slot that is not on its way to them}
    int unserved() {
        return suspended ? 0 : Math.max(0, waiting - examining);
    }
}
