package io.patinox.memory.mmap.internal;

import io.patinox.memory.internal.Stripes;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;

/// Counts who is in bodies of a region, without bodies of different threads meeting.
///
/// Each stripe counts entries and exits, upwards only. Who enters counts first and then looks
/// whether the region is closing; who closes says so first and then counts. So either the entry is
/// seen by the closer, or the closing by who enters, and that one leaves again without having used
/// anything (Dekker's argument; atomic additions and volatile accesses are in one order for all).
///
/// It is idle if the sum of exits, taken first, equals the sum of entries, taken after it: exits
/// never outnumber entries, and both only grow, so at the moment between nobody was inside. After
/// closing nobody enters to stay, so idle once is idle for ever.
final class Users {
    // a stripe's two counts stand side by side, two cache lines from those of the next
    private static final int STRIDE = 16;
    private static final int STRIPES = Stripes.count(2, 4, 64);

    private final AtomicLongArray counts = new AtomicLongArray((STRIPES + 1) * STRIDE);
    private final AtomicBoolean given = new AtomicBoolean();
    private volatile boolean closing;

    private static int cell(Thread thread) {
        return (Stripes.of(thread.threadId(), STRIPES) + 1) * STRIDE;
    }

    /// Enters.
    ///
    /// @return whether it may stay; if not, it must leave all the same
    boolean enter() {
        counts.getAndAdd(cell(Thread.currentThread()), 1);
        return !closing;
    }

    /// Leaves.
    ///
    /// @return whether the caller is the one to give the region back: it was the last of one that
    ///   is retired
    boolean leave() {
        counts.getAndAdd(cell(Thread.currentThread()) + 1, 1);
        return closing && last();
    }

    /// Keeps newcomers out from now on.
    ///
    /// @return whether the caller is the one to give the region back: nobody is inside
    boolean retire() {
        closing = true;
        return last();
    }

    // several may find it idle
    private boolean last() {
        return idle() && given.compareAndSet(false, true);
    }

    private boolean idle() {
        return sum(1) == sum(0);
    }

    /// Returns how many are inside, about.
    long inside() {
        long left = sum(1);
        return sum(0) - left;
    }

    /// Returns how many have entered.
    long entered() {
        return sum(0);
    }

    private long sum(int which) {
        long sum = 0;
        for (int i = 1; i <= STRIPES; i++) {
            sum += counts.get(i * STRIDE + which);
        }
        return sum;
    }
}
