package io.patinox.memory.pool.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/// What an engine knows of one slot: its number, and for engine B whether it is free. It is part of
/// the slot itself, so a cycle touches one place in memory and not two.
class SlotWord extends SlotPadding {
    private static final int HELD = 0;
    private static final int FREE = 1;

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(SlotWord.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final int index;
    private volatile int state = HELD;

    SlotWord(int index) {
        this.index = index;
    }

    /// Makes words that belong to nothing else.
    ///
    /// @param known the first of them, which are there already
    static SlotWord[] upTo(int count, SlotWord... known) {
        SlotWord[] words = Arrays.copyOf(known, Math.max(count, known.length));
        for (int i = known.length; i < count; i++) {
            words[i] = new SlotWord(i);
        }
        return words;
    }

    final boolean isFree() {
        return state == FREE;
    }

    /// Takes the slot if it is free.
    final boolean claim() {
        return state == FREE && STATE.compareAndSet(this, FREE, HELD);
    }

    /// Makes the slot free; what the caller reads next is read after that.
    final void expose() {
        state = FREE;
    }

    /// Makes the slot free at some time; what the caller reads next may be read before that.
    final void exposeSoon() {
        STATE.setRelease(this, FREE);
    }
}
