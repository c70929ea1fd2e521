package io.patinox.memory.pool.internal;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.TreeSet;

/// The same operations on the simplest fair pool there is, for one thread: a sorted set of free
/// slots and a queue. A free slot goes to the first in the queue.
public class FairQueueModel {
    private static final int NOTHING = -1;
    private static final int EXPIRED = -2;
    private static final int THREADS_MAX = 8;

    private final TreeSet<Integer> free = new TreeSet<>();
    private final Deque<Integer> queue = new ArrayDeque<>();
    private final int[] held = new int[THREADS_MAX];
    private final int[] granted = new int[THREADS_MAX];
    private final boolean[] asked = new boolean[THREADS_MAX];
    private final boolean[] grew = new boolean[THREADS_MAX];

    FairQueueModel(int slots) {
        Arrays.fill(held, NOTHING);
        Arrays.fill(granted, NOTHING);
        for (int slot = 0; slot < slots; slot++) {
            free.add(slot);
        }
    }

    public String acquire(int me) {
        if (held[me] != NOTHING || asked[me]) {
            return "busy";
        }
        asked[me] = true;
        granted[me] = NOTHING;
        queue.addLast(me);
        share();
        return "asked";
    }

    public String put(int me) {
        if (held[me] == NOTHING) {
            return "empty-handed";
        }
        int slot = held[me];
        held[me] = NOTHING;
        free.add(slot);
        share();
        return "put " + name(slot);
    }

    public String leave(int me) {
        if (queue.remove((Integer) me)) {
            asked[me] = false;
            return "gave up";
        }
        return look(me);
    }

    public String look(int me) {
        if (!asked[me]) {
            return "did not ask";
        }
        if (granted[me] == NOTHING) {
            return "waits";
        }
        asked[me] = false;
        if (granted[me] == EXPIRED) {
            return "state " + Waiter.EXPIRED;
        }
        held[me] = granted[me];
        return "slot " + name(held[me]);
    }

    public String grow(int me) {
        if (held[me] != NOTHING || asked[me] || grew[me]) {
            return "busy";
        }
        grew[me] = true;
        held[me] = me + 1;
        return "grew";
    }

    public void sweep() {
        for (int waiter : queue) {
            granted[waiter] = EXPIRED;
        }
        queue.clear();
    }

    /// How a slot is called in the answers.
    String name(int slot) {
        return Integer.toString(slot);
    }

    private void share() {
        while (!queue.isEmpty() && !free.isEmpty()) {
            granted[queue.removeFirst()] = free.removeFirst();
        }
    }

    public static final class OneSlot extends FairQueueModel {
        public OneSlot() {
            super(1);
        }
    }

    public static final class TwoSlots extends FairQueueModel {
        public TwoSlots() {
            super(2);
        }
    }

    /// One slot, and more to come; any free one will do.
    public static final class OneAlike extends FairQueueModel {
        public OneAlike() {
            super(1);
        }

        @Override
        String name(int slot) {
            return "any";
        }
    }

    /// Any free slot will do.
    public static final class TwoAlike extends FairQueueModel {
        public TwoAlike() {
            super(2);
        }

        @Override
        String name(int slot) {
            return "any";
        }
    }
}
