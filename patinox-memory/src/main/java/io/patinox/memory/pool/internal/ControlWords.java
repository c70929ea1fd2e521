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
     * words, each on a pair of cache lines of its own; the argument above needs no atomicity across
     * words, only that a waiter enters all of them before it claims.
     *
     * Growing. Words never move: growing replaces the array that lists them, by one that begins
     * with the same, under the engine's lock, as enter() and leave() are. A new word begins with
     * the number of waiters there are, before anybody else can see it, so a waiter has entered
     * every word that there is. Whoever is still at work with the array of before misses new words
     * only: their slots are held until grow() has returned, and put by somebody who comes after. A
     * slot that is added to a word that was there is a bit that nobody has set as yet.
     *
     * Cost: take 1 CAS, free 1 CAS, no fence besides, no clock, no allocation.
     */
    static final int SLOTS_PER_WORD = 40;
    static final int WAITERS_MAX = (1 << 24) - 2;
    private static final long FREE_MASK = (1L << SLOTS_PER_WORD) - 1;
    private static final long ONE_WAITER = 1L << SLOTS_PER_WORD;

    private volatile Word[] words = {};

    /// How often enter() was called, less the calls of leave(); guarded by the engine's lock.
    private long entered;

    ControlWords(int slots) {
        grow(slots);
    }

    @Override
    public int likely() {
        long free = words[0].bits & FREE_MASK;
        return free == 0 ? 0 : Long.numberOfTrailingZeros(free);
    }

    @Override
    public boolean take(SlotWord slot) {
        return take(slot.index);
    }

    /// Takes one slot if it is free and nobody waits.
    boolean take(int slot) {
        Word word = words[slot / SLOTS_PER_WORD];
        long bit = bit(slot);
        long seen = word.bits;
        return seen > 0
                && seen <= FREE_MASK
                && (seen & bit) != 0
                && word.compareAndSet(seen, seen & ~bit);
    }

    /// Takes a free slot, lowest first, unless somebody waits.
    ///
    /// @return the slot, or -1
    @Override
    public int take() {
        Word[] all = words;
        for (int i = 0; i < all.length; i++) {
            Word word = all[i];
            long seen = word.bits;
            // As an unsigned value a word with a waiter exceeds every pattern of free bits.
            while (seen > 0 && seen <= FREE_MASK) {
                long bit = Long.lowestOneBit(seen);
                long witness = word.compareAndExchange(seen, seen & ~bit);
                if (witness == seen) {
                    return i * SLOTS_PER_WORD + Long.numberOfTrailingZeros(bit);
                }
                seen = witness;
            }
            if (seen < 0 || seen > FREE_MASK) {
                return -1;
            }
        }
        return -1;
    }

    @Override
    public boolean free(SlotWord slot) {
        return free(slot.index);
    }

    /// Makes a slot free, unless somebody waits.
    ///
    /// @return false when somebody waits: the caller still holds the slot and must dispatch it
    @Override
    public boolean free(int slot) {
        Word word = words[slot / SLOTS_PER_WORD];
        long bit = bit(slot);
        long seen = word.bits;
        while (seen >= 0 && seen <= FREE_MASK) {
            long witness = word.compareAndExchange(seen, seen | bit);
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
        words[slot / SLOTS_PER_WORD].set(bit(slot));
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
        Word[] all = words;
        long wanted = FREE_MASK & (-1L << (lowest % SLOTS_PER_WORD));
        for (int i = lowest / SLOTS_PER_WORD; i < all.length; i++) {
            long free = all[i].bits & wanted;
            while (free != 0) {
                int slot = i * SLOTS_PER_WORD + Long.numberOfTrailingZeros(free);
                if (claim(slot)) {
                    return slot;
                }
                free = all[i].bits & wanted;
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
        long bit = bit(slot);
        return (words[slot / SLOTS_PER_WORD].clear(bit) & bit) != 0;
    }

    @Override
    public boolean entersUnderLock() {
        return true;
    }

    @Override
    public int waiters() {
        return (int) (words[0].bits >>> SLOTS_PER_WORD);
    }

    /// Counts a waiter in every word.
    @Override
    public boolean enter() {
        entered++;
        for (Word word : words) {
            word.add(ONE_WAITER);
        }
        return false;
    }

    /// Does nothing: a count of 0 says it all.
    @Override
    public void relax() {}

    /// Takes a waiter off every count.
    @Override
    public void leave() {
        entered--;
        for (Word word : words) {
            word.add(-ONE_WAITER);
        }
    }

    @Override
    public void grow(int count) {
        Word[] before = words;
        int needed = (count + SLOTS_PER_WORD - 1) / SLOTS_PER_WORD;
        if (needed > before.length) {
            Word[] grown = new Word[needed];
            System.arraycopy(before, 0, grown, 0, before.length);
            for (int i = before.length; i < needed; i++) {
                grown[i] = new Word(entered * ONE_WAITER);
            }
            words = grown;
        }
    }

    @Override
    public void grow(SlotWord[] words) {
        grow(words.length);
    }

    /// {@return how many slots are free; a sum over words that are read one after the other}
    @Override
    public int freeCount() {
        int sum = 0;
        for (Word word : words) {
            sum += Long.bitCount(word.bits & FREE_MASK);
        }
        return sum;
    }

    @Override
    public boolean isFree(int slot) {
        return (words[slot / SLOTS_PER_WORD].bits & bit(slot)) != 0;
    }

    private static long bit(int slot) {
        return 1L << (slot % SLOTS_PER_WORD);
    }

    /// The free bits of 40 slots and the count.
    private static final class Word extends SlotPadding {
        private static final VarHandle BITS;

        static {
            try {
                BITS = MethodHandles.lookup().findVarHandle(Word.class, "bits", long.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        volatile long bits;

        Word(long bits) {
            this.bits = bits;
        }

        boolean compareAndSet(long expected, long value) {
            return BITS.compareAndSet(this, expected, value);
        }

        long compareAndExchange(long expected, long value) {
            return (long) BITS.compareAndExchange(this, expected, value);
        }

        void add(long value) {
            var _ = (long) BITS.getAndAdd(this, value);
        }

        void set(long bit) {
            var _ = (long) BITS.getAndBitwiseOr(this, bit);
        }

        long clear(long bit) {
            return (long) BITS.getAndBitwiseAnd(this, ~bit);
        }
    }
}
