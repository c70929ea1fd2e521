package io.patinox.memory.mmap.internal.layout;

import io.patinox.memory.mmap.ColumnKind;
import io.patinox.memory.mmap.MappedColumn;
import java.lang.invoke.MethodHandle;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// What a walk found of a component, before it has a place: how large it is and at a multiple of
/// what it stands. Only then is it known where it and what is within it comes to stand.
sealed interface Node {
    /// Returns how many bytes it takes.
    int size();

    /// Returns at a multiple of what it stands.
    int alignment();

    /// A column.
    ///
    /// @param type the type of the component
    /// @param kind what stands there
    /// @param size in bytes
    /// @param length of an array, or -1
    /// @param detail as in [MappedColumn]
    /// @param alignment at a multiple of what it stands
    /// @param part makes what reads and writes it
    /// @param standard the default as it was given, or null
    record Leaf(
            Class<?> type,
            ColumnKind kind,
            int size,
            int length,
            String detail,
            int alignment,
            BiFunction<MappedColumn, ByteOrder, Part> part,
            @Nullable String standard)
            implements Node {

        /// Returns the same anywhere.
        Leaf packed() {
            return new Leaf(type, kind, size, length, detail, 1, part, standard);
        }
    }

    /// A record, or the components of an interface.
    ///
    /// @param type the type
    /// @param constructor makes a record; null for an interface
    /// @param members the components
    /// @param size in bytes, a multiple of the alignment
    /// @param alignment the largest of a component
    record Group(
            Class<?> type,
            @Nullable MethodHandle constructor,
            List<Named> members,
            int size,
            int alignment)
            implements Node {}

    /// A component.
    ///
    /// @param name its name
    /// @param accessor gives its value
    /// @param node what it is
    record Named(String name, MethodHandle accessor, Node node) {}

    /// Returns the next multiple of an alignment.
    static int up(int offset, int alignment) {
        return (offset + alignment - 1) & -alignment;
    }
}
