package io.patinox.memory.mmap;

import io.patinox.memory.error.Options;
import io.patinox.memory.mmap.internal.layout.LayoutText;
import io.patinox.memory.mmap.internal.layout.RecordLayout;
import java.lang.foreign.MemoryLayout;
import java.lang.invoke.MethodHandles;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the components of a record lie in a file: the columns, their places, and the byte order.
/// Immutable; compares by value.
///
/// Components stand in the order of the record, each at a multiple of its alignment, nested records
/// in place of their component. The alignment of a number is its size; of a string 2, of a moment
/// or span 8, of a UUID 1; of an array that of an element, of a nested record the largest in it; in
/// a [Packed] record it is 1 for all. The stride is a multiple of the largest. A layout has a text,
/// which stands in the header of a file, and a fingerprint: the first 8 bytes of the SHA-256 of
/// that text. Names of classes are not part of it, so records of the same components have the same
/// layout.
public final class MappedLayout {
    private final ByteOrder order;
    private final int strideBytes;
    private final int alignment;
    private final List<MappedColumn> columns;
    private final String text;
    private final long fingerprint;

    private MappedLayout(
            ByteOrder order, int strideBytes, int alignment, List<MappedColumn> columns) {
        LayoutText.check(strideBytes, alignment, columns);
        this.order = order;
        this.strideBytes = strideBytes;
        this.alignment = alignment;
        this.columns = columns;
        this.text = LayoutText.write(order, strideBytes, alignment, this.columns);
        this.fingerprint = LayoutText.fingerprint(text);
    }

    /// Returns the layout of a type that needs no lookup, in little-endian order.
    ///
    /// @param type a record, or an interface with [Components]
    /// @return the layout
    /// @throws io.patinox.memory.error.MappingLayoutException if a component can't be mapped
    public static MappedLayout of(Class<?> type) {
        return of(type, ByteOrder.LITTLE_ENDIAN, null);
    }

    /// Returns the layout of a type.
    ///
    /// @param type a record, or an interface with [Components]
    /// @param order the byte order
    /// @param lookup a lookup that may reach the type, or null
    /// @return the layout
    /// @throws io.patinox.memory.error.MappingLayoutException if a component can't be mapped, or
    ///   the type not be reached
    public static MappedLayout of(
            Class<?> type, ByteOrder order, MethodHandles.@Nullable Lookup lookup) {
        Options.required("type", type);
        Options.required("order", order);
        return RecordLayout.of(type, order, lookup).layout();
    }

    /// Returns the layout with these columns: 1 to 10,000, in the order of their offsets, which do
    /// not overlap and lie within the stride of 1 MiB at most. Names are Java identifiers with dots
    /// between them, 500 characters at most, each for one thing; sizes are those of the kinds.
    ///
    /// @param order the byte order
    /// @param strideBytes how far elements are from each other
    /// @param alignment at a multiple of what an element must stand, 1 to 8
    /// @param columns the columns, first the first
    /// @return the layout
    /// @throws io.patinox.memory.error.InvalidOptionException if they are no layout
    public static MappedLayout of(
            ByteOrder order, int strideBytes, int alignment, List<MappedColumn> columns) {
        Options.required("order", order);
        for (MappedColumn column : Options.required("columns", columns)) {
            Options.required("columns", column);
        }
        return new MappedLayout(order, strideBytes, alignment, List.copyOf(columns));
    }

    /// Reads the text of a layout.
    ///
    /// @param text as [#text()] gives it
    /// @return the layout
    /// @throws io.patinox.memory.error.InvalidOptionException if it is none
    public static MappedLayout parse(String text) {
        return LayoutText.parse(Options.required("text", text));
    }

    /// Returns the byte order.
    ///
    /// @return the order
    public ByteOrder order() {
        return order;
    }

    /// Returns how far elements are from each other.
    ///
    /// @return bytes
    public int strideBytes() {
        return strideBytes;
    }

    /// Returns at a multiple of what each element stands.
    ///
    /// @return 1, 2, 4 or 8 bytes
    public int alignment() {
        return alignment;
    }

    /// Returns the columns.
    ///
    /// @return first the first
    public List<MappedColumn> columns() {
        return columns;
    }

    /// Returns the layout as a text.
    ///
    /// @return lines, one a column
    public String text() {
        return text;
    }

    /// Returns the fingerprint of the text.
    ///
    /// @return 64 bits
    public long fingerprint() {
        return fingerprint;
    }

    /// Returns the same as a layout of the JDK, for those who read the file by its means.
    ///
    /// @return a struct of the stride's size
    public MemoryLayout structLayout() {
        return LayoutText.struct(this);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MappedLayout that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(fingerprint);
    }

    @Override
    public String toString() {
        return text;
    }
}
