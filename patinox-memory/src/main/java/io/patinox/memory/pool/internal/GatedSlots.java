package io.patinox.memory.pool.internal;

import io.patinox.memory.internal.Stripes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// Engine B: a word in each slot, on cache lines of its own, and a gate that is closed while
/// anybody waits. Threads that nobody keeps waiting share nothing but reads.
final class GatedSlots implements FreeSlots {
    /*
     *   take:     gate open? then the slot that this thread's hint names, by one CAS; else the
     *             others, lowest first, looking at the gate before each
     *   free:     gate open? then make the slot free, and look at the gate AGAIN: if it was closed
     *             meanwhile, take the slot back, if it is still there, and have it dispatched
     *   enter:    closes the gate; the engine then claims free slots for the head
     *
     * Why nobody is overtaken. The gate is closed before a waiter's enqueue() returns, and it stays
     * closed until nobody waits. So whoever found it open began to acquire before that.
     *
     * Why no wake-up is lost. free() writes the slot and then reads the gate; a waiter writes the
     * gate and then reads the slots. With a full fence between the two on both sides, one of them
     * sees the other (Dekker's argument): the waiter sees the free slot, or the releaser sees the
     * closed gate and dispatches. A slot that is free beside a closed gate is on its way: its
     * releaser, or the waiter who closed the gate, will find it.
     *
     * The fence of the releaser costs as much as all the rest of a release, and hardly ever is
     * there anybody to miss. So the gate has three states, and who comes to wait pays for it (an
     * asymmetric fence; D. Dice, H. Huang, M. Yang, "Asymmetric Dekker Synchronization", 2001):
     *
     *   CALM      nobody has waited for a while: free() writes without a fence
     *   ALERT     nobody waits, but somebody did recently: free() writes with a fence
     *   closed    somebody waits (ALERT + 2 for each)
     *
     * Only who closes the gate when it was CALM can miss a slot: one whose releaser read the gate
     * before, and whose write is still in that processor's store buffer. Such a write becomes
     * visible by itself, in practice within a microsecond (a store buffer drains whatever its
     * thread does), and by the memory model eventually. enter() says when that may be, and the
     * keeper then looks for the head once more: see FifoEngine.tend(). While the gate is ALERT or
     * closed, every free() is fenced and nothing can be missed.
     *
     * Cost while CALM: take 1 CAS, free 1 plain store, each with a read of the gate, which every
     * processor keeps in its cache. ALERT: free also 1 fence. No clock, no allocation.
     *
     * Growing. The words are parts of the slots and never move: growing replaces the array that
     * lists them, by one that begins with the same. So whatever is under way with the array of
     * before (a take, a claim) or with a slot at hand (a free) works on the words that everybody
     * works on. Who scans the array of before misses new slots only. They are held until grow() has
     * returned, hence put by somebody who comes after. A dispatcher scans under the lock under
     * which the array is replaced, so a waiter that queues later finds them; and whoever frees one
     * while a waiter queued before finds the gate closed, for there is one gate for all slots.
     *
     * Hints. A table of slots, indexed by a hash of the thread's id, says which slot the thread had
     * last: so threads don't meet, and each finds what is warm in its cache. It may be wrong and
     * is only a hint; nothing is kept for a thread.
     */
    static final int CALM = 0;
    static final int ALERT = 1;
    private static final int ONE_WAITER = 2;

    /// 32 ints are 128 bytes: a pair of cache lines, which adjacent-line prefetch treats as one.
    private static final int STRIDE = 32;

    private static final int GATE = STRIDE;
    private static final int FIRST_HINT = 2 * STRIDE;

    /// 16 ints are a cache line.
    private static final int HINT_STRIDE = 16;

    private static final VarHandle INT = MethodHandles.arrayElementVarHandle(int[].class);

    private volatile SlotWord[] words;

    /// The gate, and behind it the hints.
    private final int[] shared;

    private final int hintMask;

    /// Makes slots with words of their own.
    GatedSlots(int slots) {
        this(SlotWord.upTo(slots));
    }

    GatedSlots(SlotWord[] words) {
        this(words, Stripes.count(16, 64, 4_096));
    }

    /// Makes slots with so many hints, a power of two.
    GatedSlots(SlotWord[] words, int entries) {
        this.words = words;
        shared = new int[FIRST_HINT + (entries + 1) * HINT_STRIDE];
        hintMask = entries - 1;
        for (int entry = 0; entry < entries; entry++) {
            // Spread from the beginning, so that the first round finds no two threads together.
            shared[FIRST_HINT + entry * HINT_STRIDE] = entry % words.length;
        }
    }

    @Override
    public int likely() {
        return (int) INT.getAcquire(shared, hintOfThread());
    }

    @Override
    public boolean take(SlotWord slot) {
        return gate() <= ALERT && slot.claim();
    }

    @Override
    public int take() {
        int hint = hintOfThread();
        // Acquired, and released below: so the array that is read next has a slot of that number.
        int slot = (int) INT.getAcquire(shared, hint);
        return take(words[slot]) ? slot : takeOther(hint);
    }

    private int takeOther(int hint) {
        for (SlotWord slot : words) {
            if (gate() > ALERT) {
                return -1;
            }
            if (slot.claim()) {
                INT.setRelease(shared, hint, slot.index);
                return slot.index;
            }
        }
        return -1;
    }

    @Override
    public boolean free(int slot) {
        return free(words[slot]);
    }

    @Override
    public boolean free(SlotWord slot) {
        int before = gate();
        if (before > ALERT) {
            return false;
        }
        if (before == CALM) {
            slot.exposeSoon();
            // Keeps the compiler from moving the next read up. Many processors need no instruction
            // for it; the fence that this path does without is the one of the other branch.
            VarHandle.releaseFence();
        } else {
            slot.expose();
        }
        return gate() == before || freeOnceMore(slot);
    }

    /// Looks at the gate again, now that it has moved while a slot was made free.
    private boolean freeOnceMore(SlotWord slot) {
        VarHandle.fullFence();
        return gate() <= ALERT || !slot.claim();
    }

    @Override
    public void expose(int slot) {
        words[slot].expose();
    }

    @Override
    public int claim() {
        int hinted = likely();
        return claim(hinted) ? hinted : claimFrom(0);
    }

    @Override
    public int claimFrom(int lowest) {
        SlotWord[] all = words;
        for (int slot = lowest; slot < all.length; slot++) {
            if (all[slot].claim()) {
                return slot;
            }
        }
        return -1;
    }

    @Override
    public boolean claim(int slot) {
        return words[slot].claim();
    }

    @Override
    public boolean entersUnderLock() {
        return false;
    }

    @Override
    public int waiters() {
        return gate() / ONE_WAITER;
    }

    @Override
    public boolean enter() {
        int before = gate();
        while (true) {
            int entered = (before | ALERT) + ONE_WAITER;
            int witness = (int) INT.compareAndExchange(shared, GATE, before, entered);
            if (witness == before) {
                return before == CALM;
            }
            before = witness;
        }
    }

    @Override
    public void leave() {
        var _ = (int) INT.getAndAdd(shared, GATE, -ONE_WAITER);
    }

    @Override
    public void grow(int count) {
        grow(SlotWord.upTo(count, words));
    }

    @Override
    public void grow(SlotWord[] words) {
        this.words = words;
    }

    @Override
    public void relax() {
        var _ = INT.compareAndSet(shared, GATE, ALERT, CALM);
    }

    @Override
    public int freeCount() {
        int sum = 0;
        for (SlotWord slot : words) {
            sum += slot.isFree() ? 1 : 0;
        }
        return sum;
    }

    @Override
    public boolean isFree(int slot) {
        return words[slot].isFree();
    }

    private int gate() {
        return (int) INT.getVolatile(shared, GATE);
    }

    private int hintOfThread() {
        int entry = Stripes.of(Thread.currentThread().threadId(), hintMask + 1);
        return FIRST_HINT + entry * HINT_STRIDE;
    }
}
