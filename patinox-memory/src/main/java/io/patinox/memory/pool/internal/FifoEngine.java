package io.patinox.memory.pool.internal;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;

/// Engine A: shares out numbered slots, strictly first in, first out.
///
/// The fast paths, [#tryTake()] and [#put(int)] with nobody waiting, are one compare-and-set each.
/// All else runs under one lock, which is never held while foreign code runs.
public final class FifoEngine {
    /*
     * Invariants, each true whenever the lock is free:
     *
     * I1  the waiter count in every control word = the queue's length (+ 1 for ever once closed)
     * I2  the queue is not empty  =>  no slot is free
     * I3  the tickets in the queue ascend from head to tail
     * I4  a slot is free, or held by exactly one party: a borrower, or whoever calls put() next
     *
     * I1 holds because counts change only here, with the queue, under the lock. I2 holds because
     * enqueue() enters the words first and then claims for the head until one of the two runs out,
     * and because put() can free a slot past the lock only when the count is 0. A slot that is put
     * while somebody waits is exposed and claimed again under the lock, for whoever is the head by
     * then; no thread can take it in between, as the count bars take().
     *
     * A waiter never takes a slot for itself: only the dispatcher gives, only to the head. So a
     * race of arriving waiters can't bend the order.
     *
     * Granting, giving up and expiring happen under the lock and move the waiter's state once, so
     * a grant can't be lost between two of them: the loser reads the winner's state. The state
     * moves before the count goes down. The other way round, a slot that is put in between would
     * become free, and be taken, while the waiter still waits for the one it is about to get.
     *
     * Closing enters the words once more and never leaves, so every later take() and put() comes
     * to the lock and finds the engine closed: the fast paths need no look at a closed flag.
     */
    private final ControlWords words;
    private final ReentrantLock lock = new ReentrantLock();
    private final WaiterQueue queue = new WaiterQueue();
    private boolean closed;
    private long lastTicketServed;
    private long overtakings;
    private volatile int waiting;

    /// Makes an engine whose slots are all held: the owner puts each when there is something in it.
    ///
    /// @param slots how many slots there are
    public FifoEngine(int slots) {
        this(new ControlWords(slots));
    }

    FifoEngine(ControlWords words) {
        this.words = words;
    }

    /// Takes a free slot unless somebody waits.
    ///
    /// @return the slot, or -1
    public int tryTake() {
        return words.take();
    }

    /// Gives a slot back: to the head of the queue if somebody waits, else it becomes free.
    ///
    /// @param slot the slot, which the caller holds
    /// @param now the monotonic time, to pass over waiters that have expired; read only if needed
    /// @return false when the engine is closed: the caller still holds the slot
    public boolean put(int slot, NanoSource now) {
        return words.free(slot) || putSlowly(slot, now);
    }

    private boolean putSlowly(int slot, NanoSource now) {
        long time = now.nanos();
        Wakeups woken = new Wakeups();
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            words.expose(slot);
            dispatch(time, woken);
        } finally {
            lock.unlock();
        }
        woken.wakeAll();
        return true;
    }

    /// Queues a waiter. It may have been served by the time this returns.
    ///
    /// A waiter that has a ticket already, because the slot it once got turned out to be of no use,
    /// goes before all who came after it.
    ///
    /// @return false when the engine is closed; the waiter is then in state `CLOSED`
    boolean enqueue(Waiter waiter, long now) {
        Wakeups woken = new Wakeups();
        lock.lock();
        try {
            if (closed) {
                waiter.end(Waiter.CLOSED);
                return false;
            }
            if (queue.size() >= ControlWords.WAITERS_MAX) {
                throw new IllegalStateException(
                        "more than " + ControlWords.WAITERS_MAX + " waiters in one pool");
            }
            if (waiter.ticket == 0) {
                queue.append(waiter);
            } else {
                queue.restore(waiter);
            }
            words.enter();
            waiting = queue.size();
            dispatch(now, woken);
        } finally {
            lock.unlock();
        }
        woken.wakeAll();
        return true;
    }

    /// Takes a waiter out of the queue because it gives up.
    ///
    /// @return false when it had been served, expired or failed before: see its state; or when it
    ///   never was in the queue
    boolean cancel(Waiter waiter, int outcome) {
        lock.lock();
        try {
            if (!waiter.queued) {
                return false;
            }
            waiter.end(outcome);
            unlink(waiter);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Ends the wait of everybody whose deadline has passed.
    ///
    /// @return the earliest deadline of those who still wait, or `Long.MAX_VALUE` from now
    long expire(long now) {
        Wakeups woken = new Wakeups();
        long earliest = Long.MAX_VALUE;
        lock.lock();
        try {
            for (Waiter w = queue.head(); w != null; ) {
                Waiter after = w.next;
                if (w.isExpired(now)) {
                    w.end(Waiter.EXPIRED);
                    unlink(w);
                    woken.add(w);
                } else {
                    earliest = Math.min(earliest, w.deadlineNanos - now);
                }
                w = after;
            }
        } finally {
            lock.unlock();
        }
        woken.wakeAll();
        return earliest;
    }

    /// Claims one slot if it is free, for maintenance. With somebody waiting no slot is free, so
    /// this takes nothing from a waiter.
    boolean claim(int slot) {
        return words.claim(slot);
    }

    /// Closes the engine: fails everybody who waits and claims what is free.
    ///
    /// @param claimed receives each slot that was free, without the lock
    /// @return how many waiters were failed, or -1 when it was closed before
    int close(IntConsumer claimed) {
        Wakeups woken = new Wakeups();
        int failed = 0;
        lock.lock();
        try {
            if (closed) {
                return -1;
            }
            closed = true;
            words.enter();
            for (Waiter w = queue.head(); w != null; w = queue.head()) {
                w.end(Waiter.CLOSED);
                unlink(w);
                woken.add(w);
                failed++;
            }
        } finally {
            lock.unlock();
        }
        woken.wakeAll();
        for (int slot = words.claim(); slot >= 0; slot = words.claim()) {
            claimed.accept(slot);
        }
        return failed;
    }

    int waiting() {
        return waiting;
    }

    int free() {
        return words.freeCount();
    }

    boolean isFree(int slot) {
        return words.isFree(slot);
    }

    /// {@return how often somebody was served before one with a lower ticket; 0, or a defect}
    long overtakings() {
        lock.lock();
        try {
            return overtakings;
        } finally {
            lock.unlock();
        }
    }

    /// Gives free slots to the head for as long as there are both.
    private void dispatch(long now, Wakeups woken) {
        for (Waiter head = queue.head(); head != null; head = queue.head()) {
            if (head.isExpired(now)) {
                head.end(Waiter.EXPIRED);
                unlink(head);
            } else {
                int slot = words.claim();
                if (slot < 0) {
                    return;
                }
                if (head.ticket < lastTicketServed) {
                    overtakings++;
                }
                lastTicketServed = Math.max(lastTicketServed, head.ticket);
                head.grant(slot);
                unlink(head);
            }
            woken.add(head);
        }
    }

    private void unlink(Waiter waiter) {
        queue.remove(waiter);
        words.leave();
        waiting = queue.size();
    }
}
