package io.patinox.memory.mmap.internal.layout;

import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.error.MappingLayoutException;
import io.patinox.memory.mmap.ColumnKind;
import io.patinox.memory.mmap.MappedColumn;
import io.patinox.memory.mmap.MappedLayout;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What all slices of one compiled class have in common.
///
/// @param type the name of the elements' type
/// @param layout how they lie in the file
/// @param views whether the elements are views
/// @param columns makes their columns
/// @param walks makes their iterators
record SliceShape(
        String type,
        MappedLayout layout,
        boolean views,
        ColumnCompiler columns,
        WalkCompiler walks) {
    private static final Set<ColumnKind> WHOLE =
            EnumSet.of(
                    ColumnKind.BYTE,
                    ColumnKind.SHORT,
                    ColumnKind.CHAR,
                    ColumnKind.INT,
                    ColumnKind.LONG);
    private static final Set<ColumnKind> FRACTIONS =
            EnumSet.of(ColumnKind.FLOAT, ColumnKind.DOUBLE);

    SliceShape(Class<?> type, MappedLayout layout) {
        this(type.getName(), layout, type.isInterface(), new ColumnCompiler(), new WalkCompiler());
    }

    /// Returns a column of whole numbers.
    MappedColumn whole(String path) {
        return column(path, WHOLE, "whole numbers");
    }

    /// Returns a column of numbers with fractions.
    MappedColumn fractions(String path) {
        return column(path, FRACTIONS, "numbers with fractions");
    }

    private MappedColumn column(String path, Set<ColumnKind> kinds, String what) {
        for (MappedColumn column : layout.columns()) {
            if (column.path().equals(path) && fits(column, kinds)) {
                return column;
            }
        }
        String all =
                layout.columns().stream()
                        .filter(column -> fits(column, kinds))
                        .map(MappedColumn::path)
                        .collect(Collectors.joining(", "));
        throw new InvalidOptionException(
                "column",
                path,
                all.isEmpty()
                        ? "one of " + what + ", of which " + type + " has none"
                        : "one of " + all,
                "choose a column of " + what);
    }

    private static boolean fits(MappedColumn column, Set<ColumnKind> kinds) {
        return column.length() < 0 && kinds.contains(column.kind());
    }

    /// Returns why a column can't be used atomically in any file, or null if it can in one whose
    /// elements begin at a multiple of 8.
    @Nullable MappingLayoutException refusal(MappedColumn column) {
        if (column.kind() != ColumnKind.INT && column.kind() != ColumnKind.LONG) {
            return new MappingLayoutException(
                    type, column.path(), "only an int or a long can be used atomically");
        }
        int bytes = column.byteSize();
        if (layout.alignment() < bytes
                || column.offset() % bytes != 0
                || layout.strideBytes() % bytes != 0) {
            return new MappingLayoutException(
                    type, column.path(), "it is packed, so it can't be used atomically");
        }
        return null;
    }

    /// Returns what a use of atomic operations throws in memory that begins anywhere.
    MappingLayoutException misaligned(MappedColumn column) {
        return new MappingLayoutException(
                type,
                column.path(),
                "the elements of the file begin at no multiple of "
                        + column.byteSize()
                        + " bytes, so it can't be used atomically");
    }
}
