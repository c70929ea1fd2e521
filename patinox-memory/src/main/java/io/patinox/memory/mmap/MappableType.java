package io.patinox.memory.mmap;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;

/// How values of a type of one's own stand in a file. Named by [MappedBy] at a component.
///
/// **Threads.** One instance serves all files and threads, so it keeps no state.
///
/// **Failures.** What it throws reaches the caller of the slice. A value that does not fit is best
/// refused with an `IllegalArgumentException`, which comes out as `MAPPING-VALUE` with the
/// component and the index.
///
/// **Bounds.** The segment is the component alone, [#byteSize()] bytes: its neighbours can't be
/// reached. It must not be kept: it ends with the body that it is used in.
///
/// @param <V> the type of the values
public interface MappableType<V> {
    /// Returns what the type is called in the layout of a file. Files that were written by a type
    /// of another name are refused, so a name stands for an encoding and changes with it.
    ///
    /// @return 1 to 100 letters, digits and `. _ - :`
    String name();

    /// Returns the type of the component.
    ///
    /// @return the class of the values
    Class<V> type();

    /// Returns how many bytes a value takes.
    ///
    /// @return from 1 to 65,535
    int byteSize();

    /// Returns at a multiple of how many bytes a value stands, unless the record is [Packed].
    ///
    /// @return 1, 2, 4 or 8
    default int byteAlignment() {
        return 1;
    }

    /// Reads a value. No bytes are impossible: a new file has zeros everywhere.
    ///
    /// @param segment the bytes of the component, from 0
    /// @param order the byte order of the file
    /// @return the value
    V read(MemorySegment segment, ByteOrder order);

    /// Writes a value, all bytes of it.
    ///
    /// @param segment the bytes of the component, from 0
    /// @param order the byte order of the file
    /// @param value the value
    void write(MemorySegment segment, ByteOrder order, V value);
}
