package io.patinox.memory.pool.internal;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Shares out numbered slots, strictly first in, first out.
///
/// The fast paths, [#tryTake()] and [#put(int, NanoSource)] with nobody waiting, are those of its
/// [FreeSlots]: engine A has [ControlWords], engine B has [GatedSlots]. All else is done under one
/// lock, for which neither who puts nor who queues ever waits (but with engine A), and which is
/// never held while foreign code runs.
public final class FifoEngine {
    /*
     * Invariants, each true whenever the lock is free, the mailbox is empty, and no enqueue(),
     * free() or tend() is under way:
     *
     * I1  the free slots count as many waiters as there are in the queue (+ 1 for ever once closed,
     *     + 1 while suspended)
     * I2  the queue is not empty, and not suspended  =>  no slot is free, but for slots in doubt
     *     while as many are being examined as there are waiters
     * I3  the tickets in the queue ascend from head to tail
     * I4  a slot is free, or held by exactly one party: a borrower, the custodian that examines it,
     *     whoever calls put() next, or the mail
     *
     * I1 holds because a waiter is counted once before it is queued, and taken off the count once,
     * when it leaves the queue. I2 holds because who finds the queue empty claims free slots after
     * it was counted, and because a slot can be freed past the lock only while nobody is counted. A
     * slot that is put while somebody waits goes straight to whoever is the head by then.
     *
     * A waiter never takes a slot for itself: only the dispatcher gives, only to the head. So a
     * race of arriving waiters can't bend the order. A slot in doubt is given to nobody: it is
     * examined first, with the waiter where it is in the queue, and is then put like any other. So
     * no waiter ever has to go back, and an examination delays nobody else.
     *
     * Mail. Whoever comes to wait or puts a slot, and finds the lock taken, waits for nobody: it
     * leaves the waiter or the slot in the mailbox, to whoever has the lock (after the idea of flat
     * combining: D. Hendler, I. Incze, N. Shavit, M. Tzafrir, SPAA 2010). No mail is forgotten: who
     * posts tries the lock after that, and who unlocks looks into the mailbox after that. Either
     * the one gets the lock, or somebody had it and has yet to unlock and look. No order is lost:
     * mail is read in the order in which it was posted, before its reader does anything else with
     * the queue. So a waiter who has posted stands before everybody who begins later: they post
     * later, or read its mail before they queue. A waiter is counted before it posts, so newcomers
     * are held off by then. A slot that is put meanwhile finds nobody in the queue and becomes
     * free; who makes somebody the first in the queue looks for free slots.
     *
     * Granting, giving up and expiring happen under the lock and move the waiter's state once, so
     * a grant can't be lost between two of them: the loser reads the winner's state. The state
     * moves before the count goes down. The other way round, a slot that is put in between would
     * become free, and be taken, while the waiter still waits for the one it is about to get.
     *
     * Closing enters the count once more and never leaves, so every later take() and put() comes
     * here and finds the engine closed: the fast paths need no look at a closed flag. A slot in the
     * mail of an engine that was closed meanwhile is made free, and claimed as all free ones are.
     * Suspending enters the count in the same way, and leaves when it ends: see Dispatcher.
     *
     * Growing adds slots that are held, under the lock; their owner puts each when there is
     * something in it. ControlWords and GatedSlots say why nothing that is under way is the worse
     * for it. There is no shrinking: a slot with nothing in it is held for ever.
     */
    private static final int SETTLING_ROUNDS = 2;
    private static final int QUIET_ROUNDS = 2;

    private final FreeSlots slots;
    private final Custodian custodian;
    private final MailedLock lock = new MailedLock(this::read);
    private final Dispatcher dispatcher;
    private final WaiterQueue queue;
    private final Passes passes;
    private final Overtaking overtaking;
    private volatile @Nullable IntConsumer closedClaims;
    private int quietRounds;

    /// For how many rounds of the keeper more a slot may become free unseen.
    private final AtomicInteger settling = new AtomicInteger();

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
        dispatcher = new Dispatcher(slots, custodian, maxOvertaking);
        queue = dispatcher.queue;
        passes = dispatcher.passes;
        overtaking = new Overtaking(this, slots, dispatcher, lock);
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
        return slot < 0 && passes.areGiven() ? overtaking.take() : slot;
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

    /// Adds slots, all held, until there are so many; never takes any away. All else goes on.
    ///
    /// @param count how many slots there are to be
    public void grow(int count) {
        growBy(() -> slots.grow(count));
    }

    /// The same, with the words of all slots from now on.
    void grow(SlotWord[] words) {
        growBy(() -> slots.grow(words));
    }

    private void growBy(Runnable growth) {
        Outbox out = new Outbox();
        lock.lock();
        try {
            growth.run();
        } finally {
            unlockAndDeliver(out);
        }
    }

    private boolean putSlowly(int slot, NanoSource now) {
        if (passes.areGiven() && passes.areLeft()) {
            return overtaking.leaveFree(slot);
        }
        if (closedClaims != null) {
            return false;
        }
        long time = now.nanos();
        Outbox out = new Outbox(time);
        if (lock.tryLock()) {
            try {
                lock.readMail(out);
                if (closedClaims != null) {
                    return false;
                }
                dispatcher.dispatch(slot, passes.areGiven(), time, out);
            } finally {
                unlockAndDeliver(out);
            }
        } else {
            lock.post(new Mail.Returned(slot), time, out);
            deliver(out);
        }
        return true;
    }

    void unlockAndDeliver(Outbox out) {
        lock.unlock(out);
        deliver(out);
    }

    /// Does what was left to whoever has the lock.
    private void read(Mail mail, Outbox out) {
        long now = mail.postedAtNanos;
        if (mail instanceof Waiter waiter) {
            admit(waiter, now, out);
        } else if (mail instanceof Mail.Returned returned) {
            takeBack(returned.slot, now, out);
        }
    }

    private void takeBack(int slot, long now, Outbox out) {
        if (closedClaims == null) {
            dispatcher.dispatch(slot, passes.areGiven(), now, out);
        } else {
            slots.expose(slot);
            out.leaveOver();
        }
    }

    /// Looks for a free slot, for a head that was told to.
    void look(Waiter waiter, long now) {
        overtaking.look(waiter, now);
    }

    /// Queues a waiter. It may have been served by the time this returns.
    ///
    /// @return false when it is not admitted; its state is then `CLOSED` or `REFUSED`
    boolean enqueue(Waiter waiter, long now) {
        if (slots.entersUnderLock() || dispatcher.isNearLimit(waiting())) {
            return enqueueAll(List.of(waiter), now);
        }
        Outbox out = new Outbox(now);
        if (lock.tryLock()) {
            return enqueueLocked(List.of(waiter), now, out);
        }
        enter();
        lock.post(waiter, now, out);
        deliver(out);
        return true;
    }

    /// Queues a batch of waiters, next to each other: nobody gets in between.
    ///
    /// @return false when they are not admitted, none of them; their state is then `CLOSED` or
    ///   `REFUSED`
    boolean enqueueAll(List<? extends Waiter> batch, long now) {
        lock.lock();
        return enqueueLocked(batch, now, new Outbox(now));
    }

    private boolean enqueueLocked(List<? extends Waiter> batch, long now, Outbox out) {
        try {
            lock.readMail(out);
            int refusal =
                    closedClaims != null
                            ? Waiter.CLOSED
                            : dispatcher.refusal(batch.size(), now, out);
            for (Waiter waiter : batch) {
                if (refusal == Waiter.WAITING) {
                    enter();
                } else {
                    waiter.end(refusal);
                }
            }
            if (refusal != Waiter.WAITING) {
                return false;
            }
            admitAll(batch, now, out);
            return true;
        } finally {
            unlockAndDeliver(out);
        }
    }

    private void enter() {
        if (slots.enter()) {
            settling.set(SETTLING_ROUNDS);
        }
    }

    /// Gives a place in the queue to a waiter who has entered.
    private void admit(Waiter waiter, long now, Outbox out) {
        if (closedClaims != null) {
            waiter.end(Waiter.CLOSED);
            slots.leave();
            out.add(waiter);
            return;
        }
        admitAll(List.of(waiter), now, out);
    }

    private void admitAll(List<? extends Waiter> batch, long now, Outbox out) {
        boolean first = queue.head() == null;
        for (Waiter waiter : batch) {
            dispatcher.append(waiter, now);
        }
        // Behind somebody who waits there is nothing to be had (I2).
        if (first || dispatcher.examining() > 0 || settling.get() > 0) {
            dispatcher.dispatch(-1, true, now, out);
        }
    }

    /// Takes a waiter out of the queue because it gives up.
    ///
    /// @return false when it had been served, expired or failed before: see its state; or when it
    ///   never was in the queue
    boolean cancel(Waiter waiter, int outcome) {
        Outbox out = new Outbox(passes.time());
        lock.lock();
        try {
            lock.readMail(out);
            if (!waiter.queued) {
                return false;
            }
            dispatcher.end(waiter, outcome);
            if (passes.areGiven()) {
                dispatcher.dispatch(-1, true, passes.time(), out);
            }
        } finally {
            unlockAndDeliver(out);
        }
        return true;
    }

    /// Ends the wait of everybody whose deadline has passed.
    ///
    /// @return the earliest deadline of those who still wait, or `Long.MAX_VALUE` from now
    long expire(long now) {
        Outbox out = new Outbox(now);
        long earliest = Long.MAX_VALUE;
        lock.lock();
        try {
            lock.readMail(out);
            for (Waiter w = queue.head(); w != null; ) {
                Waiter after = w.next;
                if (w.isExpired(now)) {
                    dispatcher.end(w, Waiter.EXPIRED);
                    out.add(w);
                } else {
                    earliest = Math.min(earliest, w.deadlineNanos - now);
                }
                w = after;
            }
        } finally {
            unlockAndDeliver(out);
        }
        return earliest;
    }

    /// Looks once more for what may have become free unseen, and lets the slots relax when nobody
    /// has waited for a while. The keeper calls it in each round.
    ///
    /// @return whether it should be called again soon
    boolean tend(long now) {
        Outbox out = new Outbox(now);
        boolean again;
        lock.lock();
        try {
            lock.readMail(out);
            int rounds = settling.updateAndGet(left -> Math.max(0, left - 1));
            if (closedClaims == null && queue.head() != null) {
                quietRounds = 0;
                dispatcher.dispatch(-1, true, now, out);
            } else if (++quietRounds >= QUIET_ROUNDS) {
                slots.relax();
            }
            again = rounds > 0;
        } finally {
            unlockAndDeliver(out);
        }
        claimWhatIsLeft();
        return again;
    }

    /// {@return whether [#tend] should be called soon}
    boolean isSettling() {
        return settling.get() > 0;
    }

    /// Says that an examined slot is fit: it goes to whoever is the head, or becomes free.
    ///
    /// @return false when the engine is closed, or the slot's time is over by now: the caller still
    ///   holds the slot
    boolean pass(int slot, long now) {
        Outbox out = new Outbox(now);
        lock.lock();
        try {
            lock.readMail(out);
            dispatcher.countExamined(-1);
            if (closedClaims != null) {
                return false;
            }
            boolean fit = !custodian.isOver(slot);
            if (fit) {
                dispatcher.give(slot, now, out);
            } else {
                dispatcher.dispatch(-1, true, now, out);
            }
            return fit;
        } finally {
            unlockAndDeliver(out);
        }
    }

    /// Says that an examined slot, which the caller keeps, was of no use.
    ///
    /// @param failure what the head gets instead, or null when it waits on
    void fail(long now, @Nullable Throwable failure) {
        Outbox out = new Outbox(now);
        failInto(now, failure, out);
        deliver(out);
    }

    private void failInto(long now, @Nullable Throwable failure, Outbox out) {
        lock.lock();
        try {
            lock.readMail(out);
            dispatcher.countExamined(-1);
            if (closedClaims != null) {
                return;
            }
            Waiter head = failure == null ? null : dispatcher.liveHead(now, out);
            if (head != null && failure != null) {
                dispatcher.fail(head, failure, out);
            }
            dispatcher.dispatch(-1, true, now, out);
        } finally {
            lock.unlock(out);
        }
    }

    /// Does what others have posted, or waits until it is done.
    void finishWhatIsPosted() {
        Outbox out = new Outbox();
        lock.lock();
        try {
            lock.readMail(out);
        } finally {
            unlockAndDeliver(out);
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
        return close(claimed, true);
    }

    /// Closes the engine as [#close] does, unless somebody waits.
    ///
    /// @return whether it is closed now, by this call
    boolean closeUnlessWaiting(IntConsumer claimed) {
        return close(claimed, false) == 0;
    }

    private int close(IntConsumer claimed, boolean whoeverWaits) {
        Outbox out = new Outbox();
        int failed;
        lock.lock();
        try {
            lock.readMail(out);
            if (closedClaims != null || (!whoeverWaits && waiting() > 0)) {
                return -1;
            }
            closedClaims = claimed;
            enter();
            failed = dispatcher.endAll(out);
        } finally {
            unlockAndDeliver(out);
        }
        claimWhatIsLeft();
        return failed;
    }

    /// Fails everybody who waits, in order, for a reason that is not theirs.
    ///
    /// @param reason asked once under the lock, so it may only read fields: what each gets, or null
    ///   to leave them where they are
    /// @return how many were failed
    int failWaiting(Supplier<? extends @Nullable Throwable> reason) {
        Outbox out = new Outbox();
        lock.lock();
        try {
            lock.readMail(out);
            Throwable failure = queue.head() == null ? null : reason.get();
            return failure == null ? 0 : dispatcher.failAll(failure, out);
        } finally {
            unlockAndDeliver(out);
        }
    }

    /// Limits the queue. Called before anybody uses the engine.
    void limitWaiting(Admission limit) {
        dispatcher.limit(limit);
    }

    /// Stops granting: from when this returns, nobody who asks gets anything until [#resume].
    ///
    /// @return false when it was suspended or closed before
    boolean suspend() {
        Outbox out = new Outbox();
        lock.lock();
        try {
            lock.readMail(out);
            if (closedClaims != null || !dispatcher.suspend()) {
                return false;
            }
            enter();
            return true;
        } finally {
            unlockAndDeliver(out);
        }
    }

    /// Grants again, first to those who wait.
    ///
    /// @return false when it was not suspended
    boolean resume(long now) {
        Outbox out = new Outbox(now);
        lock.lock();
        try {
            lock.readMail(out);
            if (!dispatcher.resume()) {
                return false;
            }
            slots.leave();
            if (closedClaims == null) {
                dispatcher.dispatch(-1, true, now, out);
            }
            return true;
        } finally {
            unlockAndDeliver(out);
        }
    }

    boolean isSuspended() {
        return dispatcher.isSuspended();
    }

    /// {@return how many of those who wait need a slot that is not on its way to them}
    int unserved() {
        int coming = dispatcher.examining() + lock.slotsInMail();
        return isSuspended() ? 0 : Math.max(0, waiting() - coming);
    }

    private void claimWhatIsLeft() {
        while (closedClaims != null) {
            int slot = slots.claimFrom(0);
            if (slot < 0) {
                return;
            }
            claimed(slot);
        }
    }

    boolean isClosed() {
        return closedClaims != null;
    }

    /// Takes care of a slot that came to a closed engine.
    void claimed(int slot) {
        IntConsumer claimed = closedClaims;
        if (claimed != null) {
            claimed.accept(slot);
        }
    }

    int waiting() {
        int others = (closedClaims == null ? 0 : 1) + (isSuspended() ? 1 : 0);
        return Math.max(0, slots.waiters() - others);
    }

    /// {@return how many slots are being examined for those who wait}
    int examining() {
        return dispatcher.examining();
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
        return dispatcher.overtakings();
    }

    /// Does what was put off until the lock was free.
    private void deliver(Outbox out) {
        try {
            out.wakeAll();
        } finally {
            for (int slot = out.nextSuspect(); slot >= 0; slot = out.nextSuspect()) {
                if (!custodian.examine(slot)) {
                    failInto(out.nowNanos, null, out);
                    out.wakeAll();
                    custodian.discard(slot);
                }
            }
            if (out.hasLeftOver()) {
                claimWhatIsLeft();
            }
        }
    }
}
