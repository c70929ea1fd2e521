package io.patinox.memory.mmap;

/// A column of whole numbers: one component of all elements of a slice. Narrower numbers are
/// widened, chars without a sign.
///
/// It belongs to its slice in everything: lifecycle, threads, faults.
public interface LongColumn {
    /// Returns how many numbers there are.
    ///
    /// @return as many as elements
    long count();

    /// Reads a number.
    ///
    /// @param index from 0 to [#count()] - 1
    /// @return the number
    long get(long index);

    /// Reads a number with volatile semantics.
    ///
    /// @param index from 0 to [#count()] - 1
    /// @return the number
    /// @throws io.patinox.memory.error.MappingLayoutException if the column is not an int or long,
    ///   or its record is [Packed]
    long getVolatile(long index);

    /// Adds all up; overflow wraps around.
    ///
    /// @return the sum, 0 of nothing
    long sum();

    /// Returns the least.
    ///
    /// @return the least, or [Long#MAX_VALUE] of nothing
    long min();

    /// Returns the greatest.
    ///
    /// @return the greatest, or [Long#MIN_VALUE] of nothing
    long max();

    /// Searches, provided that the column is sorted upwards.
    ///
    /// @param key what to search for
    /// @return an index where it is, or `-(where it would be) - 1`
    long binarySearch(long key);

    /// Reads numbers into an array, as many as fit and are there.
    ///
    /// @param target the array
    /// @return how many were read
    int copyTo(long[] target);
}
