package io.patinox.memory.cache.internal;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// Lets so many loads run at once; the others wait in the order in which they came.
///
/// A load that is asked for by another load of the same cache needs no permit: the one that waits
/// for it has one, and might have the last.
final class Permits {

    private final Queue<Runnable> waiting = new ArrayDeque<>();
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
        return limited && !holders.contains(Thread.currentThread());
    }

    /// Calls somebody back when there is a permit for it: now, or on whoever gives one back.
    void enter(Runnable start) {
        synchronized (waiting) {
            if (free == 0) {
                waiting.add(start);
                return;
            }
            free--;
        }
        start.run();
    }

    /// Waits for a permit.
    void await() throws InterruptedException {
        CountDownLatch granted = new CountDownLatch(1);
        Runnable start = granted::countDown;
        enter(start);
        try {
            granted.await();
        } catch (InterruptedException e) {
            if (!withdraw(start)) {
                leave();
            }
            throw e;
        }
    }

    /// Takes a wish back.
    ///
    /// @return whether it was still waiting
    boolean withdraw(Runnable start) {
        synchronized (waiting) {
            return waiting.remove(start);
        }
    }

    void leave() {
        @Nullable Runnable next;
        synchronized (waiting) {
            next = waiting.poll();
            if (next == null) {
                free++;
            }
        }
        if (next != null) {
            next.run();
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
        holders.remove(Thread.currentThread());
    }
}
