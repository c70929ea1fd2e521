package io.patinox.memory.pool.internal;

import io.patinox.memory.pool.RetireReason;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The total limit of a keyed pool: decides which key may have one object more.
final class TotalLimit {
    /*
     * Room is the right to have one object. A key takes it before it begins an attempt to create;
     * it comes back when the attempt has failed, or when the object has been destroyed, not only
     * retired: so the back end never sees more than the limit.
     *
     *   used = attempts + objects + objects that are leaving <= max
     *
     * Who finds no room, and has somebody who waits, stands in line (RoomLine). What comes free
     * goes to the front of the line, which is granted it, reserved, and then told to look. Where
     * room is on its way (an object is leaving) the front is promised it and leaves the line. So
     * the line holds exactly those for whom nothing comes, and what is taken away from other keys
     * for them is never more than they want.
     *
     * Where it is taken from:
     * 1. An idle object, of the key that was used least recently. Looked for when somebody enters
     *    the line, and whenever an object becomes idle while somebody stands in it. An object that
     *    is freed and a key that enters the line can't miss each other: one writes the slot and
     *    then reads `wanted`, the other writes `wanted` and then reads the slots.
     * 2. When an object comes back to a key that has others waiting: it goes to them, `passes`
     *    times, and then it makes room for the front. If the front has something itself, only a
     *    key that has at least two more gives: taking turns makes shares equal and stops there,
     *    instead of moving objects around for ever.
     *
     * So whoever has nothing and is at the front sees at most `passes` objects go to others when
     * they come back, and nobody is in line for ever: each in front of it leaves after so many.
     *
     * A back end that is down can't hold up the others: keys whose last attempt failed may have,
     * together, a quarter of all attempts.
     *
     * Locks. This one may be taken under the lock of a population. No other is taken under it, and
     * no user code runs under it.
     */
    private static final int WINDOW = 1_024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition drained = lock.newCondition();
    private final RoomLine line = new RoomLine();
    private final ArrayDeque<KeyShare<?, ?>> promised = new ArrayDeque<>();
    private final Holders holders = new Holders(WINDOW);
    private final int max;
    private final int maxCreating;
    private final int maxFailing;
    private final int passes;
    private int used;
    private int creating;
    private int failing;
    private int leaving;
    private int passed;
    private long moved;
    private volatile int wanted;

    TotalLimit(int max, int maxCreating, int passes) {
        this.max = max;
        this.maxCreating = maxCreating;
        this.passes = passes;
        maxFailing = Math.max(1, Math.min(max, maxCreating) / 4);
    }

    /// {@return how many keys wait for room; read without the lock}
    int wanted() {
        return wanted;
    }

    void join(KeyShare<?, ?> share) {
        lock.lock();
        try {
            holders.add(share);
        } finally {
            lock.unlock();
        }
    }

    /// See [Allowance#take].
    boolean take(KeyShare<?, ?> share, boolean forWaiter) {
        lock.lock();
        try {
            if (share.isForgotten()) {
                return false;
            }
            if (share.granted > 0) {
                share.granted--;
                return true;
            }
            boolean nobodyBefore = line.size() == 0 && promised.isEmpty();
            if (nobodyBefore && isRoom() && isAllowed(share)) {
                occupy(share);
                return true;
            }
            if (forWaiter) {
                line.enter(share);
            }
            return false;
        } finally {
            publish();
            lock.unlock();
        }
    }

    /// Gives what room there is to those in line, and makes more.
    void seekRoom() {
        do {
            serve();
        } while (makeRoom());
    }

    private void serve() {
        for (KeyShare<?, ?> next = grant(); next != null; next = grant()) {
            try {
                next.pool().population().demand(0);
            } finally {
                takeBackUnused(next);
            }
        }
    }

    private @Nullable KeyShare<?, ?> grant() {
        lock.lock();
        try {
            KeyShare<?, ?> next = isRoom() ? next() : null;
            if (next != null) {
                occupy(next);
                next.granted++;
            }
            return next;
        } finally {
            publish();
            lock.unlock();
        }
    }

    private @Nullable KeyShare<?, ?> next() {
        while (!promised.isEmpty()) {
            KeyShare<?, ?> first = promised.remove();
            count(first, 0, -1);
            if (first.wants()) {
                return first;
            }
        }
        KeyShare<?, ?> front = line.front(failing < maxFailing);
        if (front != null) {
            line.leave(front);
            passed = 0;
        }
        return front;
    }

    private void takeBackUnused(KeyShare<?, ?> share) {
        lock.lock();
        try {
            while (share.granted > 0) {
                share.granted--;
                vacate(share);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Has an idle object make room for the front of the line, or promises it what comes.
    ///
    /// @return false when there is no more to do
    private boolean makeRoom() {
        Slot<?> victim;
        lock.lock();
        try {
            KeyShare<?, ?> front = line.front(failing < maxFailing);
            if (front == null) {
                return false;
            }
            boolean comes = leaving + (max - used) > promised.size();
            victim = comes ? null : holders.claimOldest();
            if (!comes && victim == null) {
                return false;
            }
            if (victim != null) {
                moves(victim.pool.allowance());
            }
            promise(front);
        } finally {
            publish();
            lock.unlock();
        }
        if (victim != null) {
            retire(victim);
        }
        return true;
    }

    /// Has one idle object make room for nobody in particular.
    void makeRoomForAnybody() {
        Slot<?> victim = null;
        lock.lock();
        try {
            if (leaving + (max - used) <= promised.size()) {
                victim = holders.claimOldest();
                if (victim != null) {
                    moves(victim.pool.allowance());
                }
            }
        } finally {
            lock.unlock();
        }
        if (victim != null) {
            retire(victim);
        }
    }

    /// See [Allowance#yields].
    boolean yields(KeyShare<?, ?> from) {
        lock.lock();
        try {
            KeyShare<?, ?> front = line.front(failing < maxFailing);
            if (front == null) {
                return false;
            }
            boolean busy = from.pool().waiting() > 0;
            boolean fair = front.size() > 0 && from.size() < front.size() + 2;
            if (front == from || (busy && fair)) {
                line.stepBack(front);
                return false;
            }
            if (busy && passed < passes) {
                passed++;
                return false;
            }
            moves(from);
            promise(front);
            return true;
        } finally {
            publish();
            lock.unlock();
        }
    }

    private void promise(KeyShare<?, ?> front) {
        line.leave(front);
        passed = 0;
        count(front, 0, 1);
        promised.add(front);
    }

    /// Notes that an object of a key is about to be retired for another key.
    private void moves(Allowance from) {
        if (from instanceof KeyShare<?, ?> share) {
            share.owned--;
            leaving++;
            moved++;
        }
    }

    void leaving(KeyShare<?, ?> share, RetireReason reason) {
        if (reason != RetireReason.MOVED) {
            lock.lock();
            try {
                share.owned--;
                leaving++;
            } finally {
                lock.unlock();
            }
        }
    }

    void left() {
        lock.lock();
        try {
            leaving--;
            used--;
            if (used == 0) {
                drained.signalAll();
            }
        } finally {
            lock.unlock();
        }
        seekRoom();
    }

    /// An attempt is over.
    ///
    /// @param failed whether it brought no object
    void attempted(KeyShare<?, ?> share, boolean failed) {
        lock.lock();
        try {
            if (failed) {
                vacate(share);
            } else {
                creating--;
                count(share, -1, 0);
            }
            setFailing(share, failed);
        } finally {
            lock.unlock();
        }
        seekRoom();
    }

    /// Ends a key that has nothing but idle objects, which the caller has claimed, unless somebody
    /// waits there.
    ///
    /// @return whether it is forgotten now
    boolean forget(KeyShare<?, ?> share, int claimed) {
        if (!beginToForget(share, claimed)) {
            return false;
        }
        // Whoever comes from now on is refused by the engine, and then sees why.
        boolean forgotten = share.closeUnlessWaiting();
        lock.lock();
        try {
            if (forgotten) {
                holders.remove(share);
            } else {
                share.setForgotten(false);
            }
        } finally {
            lock.unlock();
        }
        if (!forgotten) {
            // Whoever waits there may have been refused room meanwhile.
            share.pool().population().demand(0);
        }
        return forgotten;
    }

    private boolean beginToForget(KeyShare<?, ?> share, int claimed) {
        lock.lock();
        try {
            boolean idle =
                    !share.isForgotten()
                            && share.owned == claimed
                            && share.creating == 0
                            && share.promised == 0;
            if (idle) {
                share.setForgotten(true);
            }
            return idle;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until there is no object left and none is being made.
    boolean awaitDrained(long nanos) throws InterruptedException {
        long left = nanos;
        lock.lockInterruptibly();
        try {
            while (used > 0) {
                if (left <= 0) {
                    return false;
                }
                left = drained.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// {@return how much room is taken, also by what is leaving}
    int used() {
        lock.lock();
        try {
            return used;
        } finally {
            lock.unlock();
        }
    }

    /// {@return how many objects made room for another key}
    long moved() {
        lock.lock();
        try {
            return moved;
        } finally {
            lock.unlock();
        }
    }

    private static <T> void retire(Slot<T> victim) {
        victim.pool.retire(victim, RetireReason.MOVED);
    }

    private boolean isRoom() {
        return used < max && creating < maxCreating;
    }

    private boolean isAllowed(KeyShare<?, ?> share) {
        return !share.failing || failing < maxFailing;
    }

    private void occupy(KeyShare<?, ?> share) {
        used++;
        creating++;
        share.owned++;
        count(share, 1, 0);
    }

    private void vacate(KeyShare<?, ?> share) {
        used--;
        creating--;
        share.owned--;
        count(share, -1, 0);
        if (used == 0) {
            drained.signalAll();
        }
    }

    private void count(KeyShare<?, ?> share, int attempts, int promises) {
        share.creating += attempts;
        share.promised += promises;
        failing += share.failing ? attempts + promises : 0;
    }

    private void setFailing(KeyShare<?, ?> share, boolean fails) {
        if (share.failing != fails) {
            share.failing = fails;
            int load = share.creating + share.promised;
            failing += fails ? load : -load;
        }
    }

    private void publish() {
        int now = line.size();
        if (wanted != now) {
            wanted = now;
        }
    }
}
