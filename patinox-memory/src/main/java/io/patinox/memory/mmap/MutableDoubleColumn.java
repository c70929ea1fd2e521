package io.patinox.memory.mmap;

/// A column of numbers with fractions that can be written.
public interface MutableDoubleColumn extends DoubleColumn {
    /// Writes a number. A column of floats takes the nearest float.
    ///
    /// @param index from 0 to [#count()] - 1
    /// @param value the number
    void set(long index, double value);
}
