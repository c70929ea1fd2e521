package io.patinox.memory.mmap.internal;

import io.patinox.memory.mmap.internal.layout.BlockMarks;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// One mapping of a file: what a body uses from its beginning to its end. A file that grows or
/// shrinks gets another, and the old one stays until nobody is in a body of it any more.
final class Region {
    final Memory memory;
    final MemorySegment whole;
    final MemorySegment data;
    final MemorySegment readable;
    final int headerBytes;
    final long capacity;
    final @Nullable BlockMarks marks;
    final Users users = new Users();

    /// Makes a region of what was mapped.
    ///
    /// @param memory what unmaps it
    /// @param whole header and elements
    /// @param headerBytes where the elements begin in it
    /// @param capacity how many elements there are
    /// @param marks notes which blocks are written to, if there are checksums
    Region(
            Memory memory,
            MemorySegment whole,
            int headerBytes,
            long capacity,
            @Nullable BlockMarks marks) {
        this.memory = memory;
        this.whole = whole;
        this.headerBytes = headerBytes;
        this.data = whole.asSlice(headerBytes);
        this.readable = data.asReadOnly();
        this.capacity = capacity;
        this.marks = marks;
    }

    MemorySegment header() {
        return whole.asSlice(0, headerBytes);
    }
}
