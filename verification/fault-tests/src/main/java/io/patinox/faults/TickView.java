package io.patinox.faults;

import io.patinox.memory.mmap.Components;

/// A [Tick] in its place.
@Components({"key", "x", "y", "price"})
public interface TickView {
    /// Reads.
    ///
    /// @return the key
    long key();

    /// Writes.
    ///
    /// @param value the key
    void key(long value);

    /// Reads.
    ///
    /// @return a number
    int x();

    /// Writes.
    ///
    /// @param value a number
    void x(int value);

    /// Reads.
    ///
    /// @return a number
    int y();

    /// Reads.
    ///
    /// @return a number
    double price();

    /// Reads with volatile semantics.
    ///
    /// @return the key
    long keyVolatile();

    /// Adds atomically.
    ///
    /// @param delta what
    /// @return what was there
    long keyGetAndAdd(long delta);

    /// Sets atomically.
    ///
    /// @param expected what must be there
    /// @param value what shall be there
    /// @return whether it was
    boolean keyCompareAndSet(long expected, long value);
}
