package io.patinox.memory.pool.internal;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/// Slots of either engine, of which the one that became free first is taken first.
final class RotatingSlots implements FreeSlots {
    /*
     * What may be taken, and by whom, is for the slots underneath to decide; here is only which to
     * try first. Each slot that becomes free gets the number of that turn, and whoever takes looks
     * for the lowest number among the slots that seem to be free. With nobody else at work that is
     * the one that has been free for longest. Who loses a race looks again, a few times, and then
     * takes what there is: so nobody looks in vain for ever, and nobody goes without a slot that
     * the engine would have given.
     *
     * A slot that upkeep claims and puts back keeps its number (its sign tells them apart): it was
     * not used. Numbers are written by whoever holds the slot, before it becomes free.
     */
    private static final int TRIES = 3;

    private final FreeSlots slots;
    private final AtomicLong turns = new AtomicLong();
    private volatile AtomicLongArray freedAt;
    private volatile SlotWord[] words;

    /// Puts an order on slots.
    ///
    /// @param slots the slots
    /// @param words their words
    RotatingSlots(FreeSlots slots, SlotWord... words) {
        this.slots = slots;
        this.words = words.clone();
        freedAt = new AtomicLongArray(words.length);
    }

    @Override
    public int likely() {
        return Math.max(0, oldest());
    }

    @Override
    public boolean take(SlotWord slot) {
        return slots.take(slot);
    }

    @Override
    public int take() {
        for (int i = 0; i < TRIES; i++) {
            int slot = oldest();
            if (slot < 0) {
                break;
            }
            if (slots.take(words[slot])) {
                return slot;
            }
        }
        return slots.take();
    }

    private int oldest() {
        AtomicLongArray numbers = freedAt;
        int found = -1;
        long lowest = Long.MAX_VALUE;
        for (int slot = 0; slot < numbers.length(); slot++) {
            long number = numbers.get(slot);
            if (number < lowest && slots.isFree(slot)) {
                lowest = number;
                found = slot;
            }
        }
        return found;
    }

    private void number(int slot) {
        AtomicLongArray numbers = freedAt;
        long before = numbers.get(slot);
        numbers.set(slot, before < 0 ? -before : turns.incrementAndGet());
    }

    @Override
    public boolean free(int slot) {
        number(slot);
        return slots.free(slot);
    }

    @Override
    public boolean free(SlotWord slot) {
        number(slot.index);
        return slots.free(slot);
    }

    @Override
    public void expose(int slot) {
        number(slot);
        slots.expose(slot);
    }

    @Override
    public boolean claim(int slot) {
        if (!slots.claim(slot)) {
            return false;
        }
        AtomicLongArray numbers = freedAt;
        numbers.set(slot, -Math.abs(numbers.get(slot)));
        return true;
    }

    @Override
    public int claim() {
        int slot = oldest();
        return slot >= 0 && slots.claim(slot) ? slot : slots.claim();
    }

    @Override
    public int claimFrom(int slot) {
        return slots.claimFrom(slot);
    }

    @Override
    public boolean entersUnderLock() {
        return slots.entersUnderLock();
    }

    @Override
    public int waiters() {
        return slots.waiters();
    }

    @Override
    public boolean enter() {
        return slots.enter();
    }

    @Override
    public void leave() {
        slots.leave();
    }

    @Override
    public void relax() {
        slots.relax();
    }

    @Override
    public int freeCount() {
        return slots.freeCount();
    }

    @Override
    public boolean isFree(int slot) {
        return slots.isFree(slot);
    }

    @Override
    public void grow(int count) {
        grow(SlotWord.upTo(count, words));
    }

    @Override
    public void grow(SlotWord[] all) {
        slots.grow(all);
        words = all.clone();
        growNumbers(all.length);
    }

    private void growNumbers(int count) {
        AtomicLongArray before = freedAt;
        if (count > before.length()) {
            AtomicLongArray grown = new AtomicLongArray(count);
            for (int slot = 0; slot < before.length(); slot++) {
                // A number that is written meanwhile may be lost; the slot comes a turn too early.
                grown.set(slot, before.get(slot));
            }
            freedAt = grown;
        }
    }
}
