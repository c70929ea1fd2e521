package io.patinox.memory.mmap.internal.layout;

import io.patinox.memory.mmap.MappedLayout;
import io.patinox.memory.mmap.MappedSlice;
import io.patinox.memory.mmap.MutableMappedSlice;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// How a type is laid out, and what reads and writes it. Made once for a type and byte order.
///
/// @param <T> a record or an interface
public final class RecordLayout<T> {
    private final MappedLayout layout;

    private RecordLayout(MappedLayout layout) {
        this.layout = layout;
    }

    /// Returns the layout of a type.
    ///
    /// @param <T> the type
    /// @param type a record or an interface
    /// @param order the byte order of files
    /// @param lookup what may reach the type, or null: then it must be reachable without
    /// @return the layout
    /// @throws io.patinox.memory.error.MappingLayoutException if it has none, or can't be reached
    public static <T> RecordLayout<T> of(
            Class<T> type, ByteOrder order, MethodHandles.@Nullable Lookup lookup) {
        throw new UnsupportedOperationException(type + " " + order + " " + lookup);
    }

    /// Returns the layout of new files.
    ///
    /// @return the layout
    public MappedLayout layout() {
        return layout;
    }

    /// Returns what makes slices to read a file of a layout that is this one, or one with fewer or
    /// more columns at its end.
    ///
    /// @param file what errors call the file
    /// @param found the layout of the file
    /// @return the factory
    /// @throws io.patinox.memory.error.MappingMismatchException if the layouts don't agree
    public SliceFactory<T, MappedSlice<T>> reader(String file, MappedLayout found) {
        throw new UnsupportedOperationException(file + found);
    }

    /// Returns what makes slices to read and write a file of exactly this layout.
    ///
    /// @param file what errors call the file
    /// @param found the layout of the file
    /// @return the factory
    /// @throws io.patinox.memory.error.MappingMismatchException if the layouts differ; if the
    ///   file's is only shorter or longer, the error says that it can be read
    public SliceFactory<T, MutableMappedSlice<T>> writer(String file, MappedLayout found) {
        throw new UnsupportedOperationException(file + found);
    }

    /// Writes a value into memory of the stride's size, zeros between components included.
    ///
    /// @param file what errors call the file
    /// @param target any memory, also on the heap, without regard to alignment
    /// @param value the value; not a view of a slice
    public void encode(String file, MemorySegment target, T value) {
        throw new UnsupportedOperationException(file + target + value);
    }
}
