package io.patinox.memory.pool.internal;

import io.patinox.memory.internal.Stripes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// Engine B: a word for each slot on cache lines of its own, and a gate that is closed while
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
     * Hints. A table of slots, indexed by a hash of the thread's id, says which slot the thread had
     * last: so threads don't meet, and each finds what is warm in its cache. It may be wrong and
     * is only a hint; nothing is kept for a thread.
     */
    static final int CALM = 0;
    static final int ALERT = 1;
    private static final int ONE_WAITER = 2;

    private static final int HELD = 0;
    private static final int FREE = 1;

    /// 32 ints are 128 bytes: a pair of cache lines, which adjacent-line prefetch treats as one.
    private static final int STRIDE = 32;

    private static final int GATE = STRIDE;
    private static final int FIRST_SLOT = 2 * STRIDE;

    /// 16 ints are a cache line.
    private static final int HINT_STRIDE = 16;

    private static final VarHandle INT = MethodHandles.arrayElementVarHandle(int[].class);

    private final int slots;
    private final int[] words;
    private final int[] hints;
    private final int hintMask;

    GatedSlots(int slots) {
        this(slots, Stripes.count(16, 64, 4_096));
    }

    /// Makes slots with so many hints, a power of two.
    GatedSlots(int slots, int entries) {
        this.slots = slots;
        words = new int[FIRST_SLOT + (slots + 1) * STRIDE];
        hints = new int[(entries + 1) * HINT_STRIDE];
        hintMask = entries - 1;
        for (int entry = 0; entry < entries; entry++) {
            // Spread from the beginning, so that the first round finds no two threads together.
            hints[(entry + 1) * HINT_STRIDE] = entry % slots;
        }
    }

    @Override
    public int likely() {
        return (int) INT.getOpaque(hints, hintOfThread());
    }

    @Override
    public boolean take(int slot) {
        return (int) INT.getVolatile(words, GATE) <= ALERT && claim(slot);
    }

    @Override
    public int take() {
        int hint = hintOfThread();
        int slot = (int) INT.getOpaque(hints, hint);
        return take(slot) ? slot : takeOther(hint);
    }

    private int takeOther(int hint) {
        for (int slot = 0; slot < slots; slot++) {
            if ((int) INT.getVolatile(words, GATE) > ALERT) {
                return -1;
            }
            if (claim(slot)) {
                INT.setOpaque(hints, hint, slot);
                return slot;
            }
        }
        return -1;
    }

    @Override
    public boolean free(int slot) {
        int before = (int) INT.getVolatile(words, GATE);
        if (before > ALERT) {
            return false;
        }
        if (before == CALM) {
            INT.setRelease(words, at(slot), FREE);
            // Keeps the compiler from moving the next read up. Many processors need no instruction
            // for it; the fence that this path does without is the one of the other branch.
            VarHandle.releaseFence();
        } else {
            INT.setVolatile(words, at(slot), FREE);
        }
        return (int) INT.getVolatile(words, GATE) == before || freeOnceMore(slot);
    }

    /// Looks at the gate again, now that it has moved while a slot was made free.
    private boolean freeOnceMore(int slot) {
        VarHandle.fullFence();
        return (int) INT.getVolatile(words, GATE) <= ALERT || !claim(slot);
    }

    @Override
    public void expose(int slot) {
        INT.setVolatile(words, at(slot), FREE);
    }

    @Override
    public int claim() {
        int hinted = likely();
        return claim(hinted) ? hinted : claimFrom(0);
    }

    @Override
    public int claimFrom(int lowest) {
        for (int slot = lowest; slot < slots; slot++) {
            if (claim(slot)) {
                return slot;
            }
        }
        return -1;
    }

    @Override
    public boolean claim(int slot) {
        int at = at(slot);
        return (int) INT.getVolatile(words, at) == FREE && INT.compareAndSet(words, at, FREE, HELD);
    }

    @Override
    public boolean enter() {
        int before = (int) INT.getVolatile(words, GATE);
        INT.setVolatile(words, GATE, (before | ALERT) + ONE_WAITER);
        return before == CALM;
    }

    @Override
    public void leave() {
        INT.setVolatile(words, GATE, (int) INT.getVolatile(words, GATE) - ONE_WAITER);
    }

    @Override
    public void relax() {
        if ((int) INT.getVolatile(words, GATE) == ALERT) {
            INT.setVolatile(words, GATE, CALM);
        }
    }

    @Override
    public int freeCount() {
        int sum = 0;
        for (int slot = 0; slot < slots; slot++) {
            sum += (int) INT.getVolatile(words, at(slot));
        }
        return sum;
    }

    @Override
    public boolean isFree(int slot) {
        return (int) INT.getVolatile(words, at(slot)) == FREE;
    }

    private int hintOfThread() {
        return (Stripes.of(Thread.currentThread().threadId(), hintMask + 1) + 1) * HINT_STRIDE;
    }

    private static int at(int slot) {
        return FIRST_SLOT + slot * STRIDE;
    }
}
