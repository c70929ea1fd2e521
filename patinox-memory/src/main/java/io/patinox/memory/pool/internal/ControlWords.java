package io.patinox.memory.pool.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// Engine A: the free bits and the waiter count, packed so that "nobody waits, and this slot is
/// free" is one compare-and-set.
final class ControlWords implements FreeSlots {
    /*
     * A word: bits 0..39 say which of its 40 slots are free, bits 40..63 count the waiters.
     *
     *   take:       succeeds only in a word whose count is 0, by one CAS that clears a bit
     *   free:       sets a bit by one CAS, only if the count is 0; else the caller must dispatch
     *   enter:      a waiter adds one to the count of EVERY word, before it looks for free bits
     *   leave:      takes it away again, when it was served or gave up
     *   claim:      clears a bit whatever the count: for the dispatcher, who serves the head only
     *
     * Why nobody is overtaken. Say W entered every word. From then until W leaves, take() fails in
     * every word, so nobody who begins later gets a slot but through the queue, behind W.
     *
     * Why no wake-up is lost. free() and enter() are read-modify-writes of the same word, hence
     * ordered. If free() came first, the waiter that entered later sees the bit when it claims.
     * If enter() came first, free() sees a count and refuses, and its caller dispatches.
     *
     * A count can't suffer from ABA as a flag can that is cleared and set again: the bits and the
     * count are the whole state, so a CAS that succeeds on an equal word is right whatever
     * happened in between.
     *
     * With one word (up to 40 slots) this is a single atomic variable. Larger pools have more
     * words, each on a cache line of its own pair; the argument above needs no atomicity across
     * words, only that a waiter enters all of them before it claims.
     *
     * Cost: take 1 CAS, free 1 CAS, no fence besides, no clock, no allocation.
     */
    static final int SLOTS_PER_WORD = 40;
    static final int WAITERS_MAX = (1 << 24) - 2;
    private static final long FREE_MASK = (1L << SLOTS_PER_WORD) - 1;
    private static final long ONE_WAITER = 1L << SLOTS_PER_WORD;

    /// 16 longs are 128 bytes: a pair of cache lines, which adjacent-line prefetch treats as one.
    private static final int STRIDE = 16;

    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[] words;
    private final int count;

    ControlWords(int slots) {
        count = (slots + SLOTS_PER_WORD - 1) / SLOTS_PER_WORD;
        words = new long[(count + 1) * STRIDE];
    }

    @Override
    public int likely() {
        long free = (long) WORD.getVolatile(words, at(0)) & FREE_MASK;
        return free == 0 ? 0 : Long.numberOfTrailingZeros(free);
    }

    @Override
    public boolean take(int slot) {
        int at = at(slot / SLOTS_PER_WORD);
        long bit = 1L << (slot % SLOTS_PER_WORD);
        long seen = (long) WORD.getVolatile(words, at);
        return seen > 0
                && seen <= FREE_MASK
                && (seen & bit) != 0
                && WORD.compareAndSet(words, at, seen, seen & ~bit);
    }

    /// Takes a free slot, lowest first, unless somebody waits.
    ///
    /// @return the slot, or -1
    @Override
    public int take() {
        for (int word = 0; word < count; word++) {
            int at = at(word);
            long seen = (long) WORD.getVolatile(words, at);
            // As an unsigned value a word with a waiter exceeds every pattern of free bits.
            while (seen > 0 && seen <= FREE_MASK) {
                long bit = Long.lowestOneBit(seen);
                long witness = (long) WORD.compareAndExchange(words, at, seen, seen & ~bit);
                if (witness == seen) {
                    return word * SLOTS_PER_WORD + Long.numberOfTrailingZeros(bit);
                }
                seen = witness;
            }
            if (seen < 0 || seen > FREE_MASK) {
                return -1;
            }
        }
        return -1;
    }

    /// Makes a slot free, unless somebody waits.
    ///
    /// @return false when somebody waits: the caller still holds the slot and must dispatch it
    @Override
    public boolean free(int slot) {
        int at = at(slot / SLOTS_PER_WORD);
        long bit = 1L << (slot % SLOTS_PER_WORD);
        long seen = (long) WORD.getVolatile(words, at);
        while (seen >= 0 && seen <= FREE_MASK) {
            long witness = (long) WORD.compareAndExchange(words, at, seen, seen | bit);
            if (witness == seen) {
                return true;
            }
            seen = witness;
        }
        return false;
    }

    /// Makes a slot free although somebody waits: for the dispatcher, who claims it again.
    @Override
    public void expose(int slot) {
        WORD.getAndBitwiseOr(words, at(slot / SLOTS_PER_WORD), 1L << (slot % SLOTS_PER_WORD));
    }

    /// Clears the free bit of any slot, lowest first, whoever waits.
    ///
    /// @return the slot, or -1
    @Override
    public int claim() {
        return claimFrom(0);
    }

    @Override
    public int claimFrom(int lowest) {
        long wanted = FREE_MASK & (-1L << (lowest % SLOTS_PER_WORD));
        for (int word = lowest / SLOTS_PER_WORD; word < count; word++) {
            int at = at(word);
            long free = (long) WORD.getVolatile(words, at) & wanted;
            while (free != 0) {
                int slot = word * SLOTS_PER_WORD + Long.numberOfTrailingZeros(free);
                if (claim(slot)) {
                    return slot;
                }
                free = (long) WORD.getVolatile(words, at) & wanted;
            }
            wanted = FREE_MASK;
        }
        return -1;
    }

    /// Clears the free bit of one slot.
    ///
    /// @return whether it was set
    @Override
    public boolean claim(int slot) {
        long bit = 1L << (slot % SLOTS_PER_WORD);
        long before = (long) WORD.getAndBitwiseAnd(words, at(slot / SLOTS_PER_WORD), ~bit);
        return (before & bit) != 0;
    }

    /// Counts a waiter in every word.
    @Override
    public boolean enter() {
        for (int word = 0; word < count; word++) {
            WORD.getAndAdd(words, at(word), ONE_WAITER);
        }
        return false;
    }

    /// Does nothing: a count of 0 says it all.
    @Override
    public void relax() {}

    /// Takes a waiter off every count.
    @Override
    public void leave() {
        for (int word = 0; word < count; word++) {
            WORD.getAndAdd(words, at(word), -ONE_WAITER);
        }
    }

    /// {@return how many slots are free; a sum over words that are read one after the other}
    @Override
    public int freeCount() {
        int sum = 0;
        for (int word = 0; word < count; word++) {
            sum += Long.bitCount((long) WORD.getVolatile(words, at(word)) & FREE_MASK);
        }
        return sum;
    }

    @Override
    public boolean isFree(int slot) {
        long word = (long) WORD.getVolatile(words, at(slot / SLOTS_PER_WORD));
        return (word & (1L << (slot % SLOTS_PER_WORD))) != 0;
    }

    private static int at(int word) {
        return (word + 1) * STRIDE - STRIDE / 2;
    }
}
