package io.patinox.memory.mmap;

/// A column of numbers with fractions: one component of all elements of a slice. Floats are
/// widened.
///
/// It belongs to its slice in everything: lifecycle, threads, faults.
public interface DoubleColumn {
    /// Returns how many numbers there are.
    ///
    /// @return as many as elements
    long count();

    /// Reads a number.
    ///
    /// @param index from 0 to [#count()] - 1
    /// @return the number
    double get(long index);

    /// Adds all up, one after the other.
    ///
    /// @return the sum, 0 of nothing
    double sum();

    /// Returns the least, by the order of [Double#compare].
    ///
    /// @return the least, or positive infinity of nothing
    double min();

    /// Returns the greatest, by the order of [Double#compare].
    ///
    /// @return the greatest, or negative infinity of nothing
    double max();

    /// Searches, provided that the column is sorted upwards by [Double#compare].
    ///
    /// @param key what to search for
    /// @return an index where it is, or `-(where it would be) - 1`
    long binarySearch(double key);

    /// Reads numbers into an array, as many as fit and are there.
    ///
    /// @param target the array
    /// @return how many were read
    int copyTo(double[] target);
}
