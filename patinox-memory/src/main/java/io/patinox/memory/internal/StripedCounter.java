package io.patinox.memory.internal;

import java.util.concurrent.atomic.AtomicLongArray;

/// A counter that many threads add to without meeting: each writes to the cell of its stripe.
///
/// Adding is one atomic addition and allocates nothing. [#sum()] is exact when nobody is adding;
/// otherwise it counts every addition that ended before it began, and maybe some that overlap it.
public final class StripedCounter {

    // two cache lines a cell, as processors prefetch lines in pairs
    private static final int STRIDE = 16;

    private static final int CELLS = Stripes.count(2, 4, 64);

    private final AtomicLongArray cells = new AtomicLongArray((CELLS + 1) * STRIDE);

    /// Creates a counter at zero.
    public StripedCounter() {}

    /// Adds one.
    public void increment() {
        add(1);
    }

    /// Adds `delta`, which may be negative.
    ///
    /// @param delta what to add
    public void add(long delta) {
        cells.getAndAdd((Stripes.current(CELLS) + 1) * STRIDE, delta);
    }

    /// Returns the total of what was added.
    ///
    /// @return the total
    public long sum() {
        long sum = 0;
        for (int i = 1; i <= CELLS; i++) {
            sum += cells.get(i * STRIDE);
        }
        return sum;
    }

    @Override
    public String toString() {
        return Long.toString(sum());
    }
}
