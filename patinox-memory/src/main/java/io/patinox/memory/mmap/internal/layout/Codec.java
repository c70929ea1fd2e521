package io.patinox.memory.mmap.internal.layout;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Reads and writes components of one kind in one place. Implemented by records, whose fields are
/// constants to the JIT compiler: of a codec that is bound to a handle nothing is left in compiled
/// code.
///
/// Codecs don't know the index of the element: their errors have -1, and who knows it adds it.
///
/// @param <V> the type of the values
interface Codec<V> {
    /// Reads a value and checks it.
    V read(Body body, MemorySegment segment, long offset);

    /// Writes all bytes of a value, or throws before it has written any.
    void write(Body body, MemorySegment segment, long offset, @Nullable V value);
}
