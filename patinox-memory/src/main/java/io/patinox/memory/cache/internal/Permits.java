package io.patinox.memory.cache.internal;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// Lets so many loads run at once; the others wait in the order in which they came.
final class Permits {
    /*
     * A load that another load of the same cache waits for needs no permit: the one that waits has
     * one, and it might be the last. If it was announced before, by somebody who stands in the
     * queue, its wish is fulfilled out of turn: whoever waits for the flight first says that it is
     * urgent, then looks for its wish; whoever wishes first notes the wish in the flight, then
     * looks whether it is urgent. One of the two sees the other.
     */

    /// What waits for a permit.
    static final class Wish {
        private final Runnable start;
        // whether a permit is to be given back for it; guarded by the queue
        private boolean owed = true;

        /// Creates a wish.
        ///
        /// @param start is called once it is fulfilled
        Wish(Runnable start) {
            this.start = start;
        }
    }

    private final Queue<Wish> waiting = new ArrayDeque<>();
    private final Set<Thread> holders = ConcurrentHashMap.newKeySet();
    private final boolean limited;
    private int free;

    /// Creates permits.
    ///
    /// @param most how many there are, 0 for as many as are wanted
    Permits(int most) {
        this.limited = most > 0;
        this.free = most;
    }

    /// {@return whether the calling thread must ask}
    boolean needed() {
        return limited && !holding();
    }

    /// {@return whether the calling thread runs a load, if that is of any matter}
    boolean holding() {
        return limited && holders.contains(Thread.currentThread());
    }

    /// Fulfils a wish: now, or on whoever gives a permit back.
    void enter(Wish wish) {
        synchronized (waiting) {
            if (free == 0) {
                waiting.add(wish);
                return;
            }
            free--;
        }
        wish.start.run();
    }

    /// Waits for a permit.
    ///
    /// @param granted is opened when the wish is fulfilled
    void await(Wish wish, CountDownLatch granted) throws InterruptedException {
        try {
            granted.await();
        } catch (InterruptedException e) {
            if (!withdraw(wish)) {
                leave(wish);
            }
            throw e;
        }
    }

    /// Takes a wish back.
    ///
    /// @return whether it was still waiting
    boolean withdraw(Wish wish) {
        synchronized (waiting) {
            return waiting.remove(wish);
        }
    }

    /// Fulfils a wish without a permit, if it is waiting.
    void promote(@Nullable Wish wish) {
        if (wish == null) {
            return;
        }
        synchronized (waiting) {
            if (!waiting.remove(wish)) {
                return;
            }
            wish.owed = false;
        }
        wish.start.run();
    }

    /// Gives back what a wish was granted.
    void leave(Wish wish) {
        Wish next;
        synchronized (waiting) {
            if (!wish.owed) {
                return;
            }
            wish.owed = false;
            next = waiting.poll();
            if (next == null) {
                free++;
            }
        }
        if (next != null) {
            next.start.run();
        }
    }

    /// Notes that the calling thread runs a load.
    ///
    /// @return whether that was not known
    boolean hold() {
        return limited && holders.add(Thread.currentThread());
    }

    /// Notes that it does no longer.
    void release() {
        boolean _ = holders.remove(Thread.currentThread());
    }
}
