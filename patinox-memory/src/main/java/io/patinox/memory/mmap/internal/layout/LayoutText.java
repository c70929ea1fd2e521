package io.patinox.memory.mmap.internal.layout;

import io.patinox.memory.mmap.MappedColumn;
import io.patinox.memory.mmap.MappedLayout;
import java.lang.foreign.MemoryLayout;
import java.nio.ByteOrder;
import java.util.List;

/// The text of a layout, as it stands in the header of a file.
///
/// ```
/// patinox-layout 1
/// order LITTLE_ENDIAN
/// stride 24
/// align 8
/// 0 8 id i64
/// 8 1 side enum BUY|SELL
/// 16 8 price f64
/// ```
///
/// A line a column: offset, size, path, kind with the length of an array in brackets (`i32[4]`),
/// and the detail if there is one. Lines end with a line feed.
public final class LayoutText {
    private LayoutText() {}

    /// Writes a text.
    ///
    /// @param order the byte order
    /// @param strideBytes how far elements are from each other
    /// @param alignment of an element
    /// @param columns the columns
    /// @return the text
    public static String write(
            ByteOrder order, int strideBytes, int alignment, List<MappedColumn> columns) {
        throw new UnsupportedOperationException();
    }

    /// Reads a text.
    ///
    /// @param text the text
    /// @return the layout
    public static MappedLayout parse(String text) {
        throw new UnsupportedOperationException();
    }

    /// Returns the first 8 bytes of the SHA-256 of a text, the first as the highest.
    ///
    /// @param text the text
    /// @return the fingerprint
    public static long fingerprint(String text) {
        throw new UnsupportedOperationException();
    }

    /// Returns the layout as the JDK describes it.
    ///
    /// @param layout the layout
    /// @return a struct with padding where there is some
    public static MemoryLayout struct(MappedLayout layout) {
        throw new UnsupportedOperationException();
    }
}
