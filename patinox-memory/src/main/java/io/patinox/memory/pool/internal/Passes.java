package io.patinox.memory.pool.internal;

import java.util.concurrent.atomic.AtomicInteger;

/// How often the head of the queue may still be overtaken: never, unless overtaking was asked for.
/// See `FifoEngine`.
final class Passes {
    private final int most;
    private final AtomicInteger paid = new AtomicInteger();
    private volatile boolean headTold;

    /// A recent time, for those who have no other.
    private volatile long time;

    Passes(int most) {
        this.most = most;
    }

    /// {@return whether overtaking is allowed at all}
    boolean areGiven() {
        return most > 0;
    }

    boolean areLeft() {
        return paid.get() < most;
    }

    /// Pays for having overtaken the head of this moment.
    ///
    /// @return false when no pass is left
    boolean pay() {
        int before = paid.get();
        while (before < most) {
            int witness = paid.compareAndExchange(before, before + 1);
            if (witness == before) {
                return true;
            }
            before = witness;
        }
        return false;
    }

    /// {@return how often the present head was overtaken}
    int paid() {
        return paid.get();
    }

    /// Gives all passes to the next head, which wasn't told anything yet.
    ///
    /// @return how often the one before was overtaken
    int renew() {
        if (most == 0) {
            return 0;
        }
        headTold = false;
        return paid.getAndSet(0);
    }

    /// Somebody is the head of a queue that was empty.
    void newHead(long now) {
        if (most > 0) {
            time = now;
            renew();
        }
    }

    boolean headIsTold() {
        return headTold;
    }

    void tellHead() {
        headTold = true;
    }

    /// The head is about to look for a free slot.
    void headLooks(long now) {
        time = now;
        headTold = false;
    }

    long time() {
        return time;
    }
}
