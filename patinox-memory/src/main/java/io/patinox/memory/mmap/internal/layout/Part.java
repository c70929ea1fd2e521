package io.patinox.memory.mmap.internal.layout;

import io.patinox.memory.mmap.MappedColumn;
import java.lang.invoke.MethodHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A component of a type as the compiler of slices needs it. Handles are constants of the class
/// that is compiled, so that the JIT compiler sees through them.
sealed interface Part {
    /// Returns the type of the component.
    Class<?> type();

    /// A primitive other than boolean: read and written by the compiled class itself.
    ///
    /// @param column where it stands
    /// @param type its type
    record Plain(MappedColumn column, Class<?> type) implements Part {}

    /// Anything else that has a column: its handles read and check it.
    ///
    /// @param column where it stands
    /// @param type its type
    /// @param read of type `(Body, MemorySegment, long)type`: reads it at an offset, which is that
    ///   of the component, not of the element
    /// @param write of type `(Body, MemorySegment, long, type)void`: writes all of its bytes there,
    ///   or throws before it has written any
    record Coded(MappedColumn column, Class<?> type, MethodHandle read, MethodHandle write)
            implements Part {}

    /// A record: the elements themselves, or one within another.
    ///
    /// @param path its path, empty for the elements themselves
    /// @param type its type
    /// @param constructor the canonical constructor, of its own type
    /// @param members its components in their order
    record Nested(String path, Class<?> type, MethodHandle constructor, List<Member> members)
            implements Part {}

    /// A component that the file doesn't have: its default.
    ///
    /// @param type its type
    /// @param value the value, boxed; an array is cloned for each element
    record Missing(Class<?> type, @Nullable Object value) implements Part {}

    /// A component of a record, or of an interface.
    ///
    /// @param name its name
    /// @param part how it is read and written
    /// @param accessor of type `(record)type`; for an interface of type `(interface)type`
    record Member(String name, Part part, MethodHandle accessor) {}
}
