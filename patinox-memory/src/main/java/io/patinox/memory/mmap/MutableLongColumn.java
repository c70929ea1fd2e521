package io.patinox.memory.mmap;

/// A column of whole numbers that can be written.
///
/// Plain writes work for each kind, and a number that does not fit a narrower one is refused with
/// `MAPPING-VALUE`. Atomic ones need an int or a long that is not [Packed], else they throw
/// `MAPPING-LAYOUT`. An atomic operation on memory whose file is cut off at that very moment, run
/// before it was compiled, is the one access that can still end the JVM: each touches its memory
/// first, so that a file cut off before is noticed. The same holds of a hole in a
/// [sparse][MappedFileBuilder#sparse()] file whose disk is full: reading a hole does not fill it.
public interface MutableLongColumn extends LongColumn {
    /// Writes a number.
    ///
    /// @param index from 0 to [#count()] - 1
    /// @param value the number
    void set(long index, long value);

    /// Writes a number with volatile semantics.
    ///
    /// @param index from 0 to [#count()] - 1
    /// @param value the number
    void setVolatile(long index, long value);

    /// Writes a number with release semantics.
    ///
    /// @param index from 0 to [#count()] - 1
    /// @param value the number
    void setRelease(long index, long value);

    /// Adds atomically.
    ///
    /// @param index from 0 to [#count()] - 1
    /// @param delta what to add
    /// @return what was there before
    long getAndAdd(long index, long delta);

    /// Sets atomically if the number is as expected.
    ///
    /// @param index from 0 to [#count()] - 1
    /// @param expected what it must be
    /// @param value what it shall be
    /// @return whether it was set
    boolean compareAndSet(long index, long expected, long value);
}
