package io.patinox.memory.mmap.internal.layout;

import io.patinox.memory.mmap.MappedLayout;
import io.patinox.memory.mmap.MappedSlice;
import io.patinox.memory.mmap.MutableMappedSlice;
import java.lang.invoke.MethodHandles.Lookup;
import java.util.List;

/// Compiles the classes of slices.
final class SliceCompiler {
    private SliceCompiler() {}

    /// Compiles a class of read-only slices of records.
    ///
    /// @param layout the layout of the file, whose stride and offsets count
    /// @param root the elements; parts that the file doesn't have are [Part.Missing]
    static <T> SliceFactory<T, MappedSlice<T>> reader(MappedLayout layout, Part.Nested root) {
        throw new UnsupportedOperationException(layout + "" + root);
    }

    /// Compiles a class of mutable slices of records.
    static <T> SliceFactory<T, MutableMappedSlice<T>> writer(
            MappedLayout layout, Part.Nested root) {
        throw new UnsupportedOperationException(layout + "" + root);
    }

    /// Compiles classes of read-only slices of an interface and of its views, whose setters and
    /// atomic methods throw `MAPPING-LAYOUT`... see [io.patinox.memory.mmap.Components].
    ///
    /// @param layout the layout of the file
    /// @param type the interface
    /// @param members its components
    /// @param lookup has full access to the interface
    static <T> SliceFactory<T, MappedSlice<T>> viewReader(
            MappedLayout layout, Class<T> type, List<Part.Member> members, Lookup lookup) {
        throw new UnsupportedOperationException(layout + "" + type + members + lookup);
    }

    /// Compiles classes of mutable slices of an interface and of its views.
    static <T> SliceFactory<T, MutableMappedSlice<T>> viewWriter(
            MappedLayout layout, Class<T> type, List<Part.Member> members, Lookup lookup) {
        throw new UnsupportedOperationException(layout + "" + type + members + lookup);
    }

    /// Compiles what writes a record into other memory, as [RecordLayout#encode] needs it: of type
    /// `(Body, MemorySegment, long, T)void`.
    static java.lang.invoke.MethodHandle encoder(MappedLayout layout, Part.Nested root) {
        throw new UnsupportedOperationException(layout + "" + root);
    }
}
