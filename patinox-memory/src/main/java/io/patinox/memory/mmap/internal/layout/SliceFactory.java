package io.patinox.memory.mmap.internal.layout;

import io.patinox.memory.mmap.MappedSlice;
import java.lang.foreign.MemorySegment;

/// Makes slices of one type over one layout of a file.
///
/// @param <T> the type of the elements
/// @param <S> read-only or mutable slices
@FunctionalInterface
public interface SliceFactory<T, S extends MappedSlice<T>> {
    /// Makes a slice.
    ///
    /// @param data memory that begins with the first element and has at least `count` elements
    /// @param count how many elements the slice has
    /// @param body how long it may be used
    /// @return the slice
    S slice(MemorySegment data, long count, Body body);
}
