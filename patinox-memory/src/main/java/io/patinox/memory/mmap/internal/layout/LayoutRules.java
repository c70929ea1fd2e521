package io.patinox.memory.mmap.internal.layout;

import io.patinox.memory.mmap.Encoding;
import io.patinox.memory.mmap.MappedColumn;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What holds of every layout, whether it comes from a type, from a text or from a caller.
///
/// Columns stand in the order of their offsets, don't overlap, and lie within the stride; their
/// sizes fit their kinds; no name stands for two things. A layout that keeps to this can be read
/// and written without any further check of places, except that of the index.
final class LayoutRules {
    /// How far elements may be from each other.
    static final int MAX_STRIDE = 1 << 20;

    /// How many columns there may be.
    static final int MAX_COLUMNS = 10_000;

    /// How long an array or a string may be.
    static final int MAX_LENGTH = 65_535;

    /// How deep records may be nested.
    static final int MAX_DEPTH = 32;

    /// How long a path may be.
    static final int MAX_PATH = 500;

    /// How long the text of a layout may be, in bytes.
    static final int MAX_TEXT = 1 << 20;

    /// How many bytes tell how long a string is.
    static final int STRING_PREFIX = 2;

    private LayoutRules() {}

    /// What is wrong with a layout.
    ///
    /// @param column the index of the column, or one of [#STRIDE], [#ALIGNMENT] and [#COUNT]
    /// @param must what should be
    record Problem(int column, String must) {
        static final int COUNT = -3;
        static final int STRIDE = -2;
        static final int ALIGNMENT = -1;
    }

    /// Returns the first thing that is wrong, or null.
    static @Nullable Problem problem(int stride, int alignment, List<MappedColumn> columns) {
        if (stride < 1 || stride > MAX_STRIDE) {
            return new Problem(Problem.STRIDE, "a stride of 1 to 1,048,576 bytes");
        }
        if (alignment > 8 || Integer.bitCount(alignment) != 1 || alignment < 1) {
            return new Problem(Problem.ALIGNMENT, "an alignment of 1, 2, 4 or 8");
        }
        if (stride % alignment != 0) {
            return new Problem(Problem.STRIDE, "a stride that is a multiple of the alignment");
        }
        if (columns.isEmpty() || columns.size() > MAX_COLUMNS) {
            return new Problem(Problem.COUNT, "1 to 10,000 columns");
        }
        return columns(stride, columns);
    }

    private static @Nullable Problem columns(int stride, List<MappedColumn> columns) {
        Set<String> paths = new HashSet<>();
        Set<String> records = new HashSet<>();
        long end = 0;
        for (int i = 0; i < columns.size(); i++) {
            MappedColumn column = columns.get(i);
            String must = form(column);
            if (must != null) {
                return new Problem(i, must);
            }
            if (column.offset() < end) {
                return new Problem(i, "a column that begins at " + end + " or later");
            }
            end = (long) column.offset() + column.byteSize();
            if (end > stride) {
                return new Problem(i, "a column that ends within the stride, " + stride);
            }
            if (!named(column.path(), paths, records)) {
                return new Problem(i, "a column whose name is not taken");
            }
        }
        return null;
    }

    /// Notes a path, and the records it runs through.
    private static boolean named(String path, Set<String> paths, Set<String> records) {
        if (!paths.add(path) || records.contains(path)) {
            return false;
        }
        for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
            String outer = path.substring(0, dot);
            if (paths.contains(outer)) {
                return false;
            }
            records.add(outer);
        }
        return true;
    }

    /// Returns what is wrong with a column by itself, or null.
    private static @Nullable String form(MappedColumn column) {
        if (!isPath(column.path())) {
            return "named by Java identifiers with dots between them, 500 characters at most";
        }
        if (column.offset() < 0) {
            return "at an offset from 0";
        }
        int single = Kinds.bytes(column.kind());
        if (single > 0) {
            return primitive(column, single);
        }
        if (column.length() != -1) {
            return "without a length, as only numbers and booleans can be arrays";
        }
        return switch (column.kind()) {
            case ENUM -> constants(column);
            case UTF8, LATIN1 -> bounded(column, STRING_PREFIX + 1, STRING_PREFIX + MAX_LENGTH);
            case INSTANT, DURATION -> time(column);
            case UUID -> bounded(column, Kinds.UUID_BYTES, Kinds.UUID_BYTES);
            default -> own(column);
        };
    }

    private static @Nullable String primitive(MappedColumn column, int single) {
        int length = column.length();
        if (length != -1 && (length < 1 || length > MAX_LENGTH)) {
            return "an array of 1 to 65,535";
        }
        int bytes = single * Math.max(1, length);
        return bounded(column, bytes, bytes);
    }

    private static @Nullable String bounded(MappedColumn column, int least, int most) {
        if (!column.detail().isEmpty()) {
            return "without a detail";
        }
        return sized(column, least, most);
    }

    private static @Nullable String sized(MappedColumn column, int least, int most) {
        int bytes = column.byteSize();
        if (bytes >= least && bytes <= most) {
            return null;
        }
        return least == most ? "of " + least + " bytes" : "of " + least + " to " + most + " bytes";
    }

    private static @Nullable String constants(MappedColumn column) {
        int bytes = column.byteSize();
        if (bytes != 1 && bytes != 2 && bytes != 4) {
            return "of 1, 2 or 4 bytes";
        }
        String[] constants = column.detail().split("\\|", -1);
        Set<String> seen = new HashSet<>();
        for (String constant : constants) {
            if (!isIdentifier(constant) || !seen.add(constant)) {
                return "with constants that are different Java identifiers with | between them";
            }
        }
        return constants.length > 1L << (8 * bytes)
                ? "with as many constants as its bytes can count"
                : null;
    }

    private static @Nullable String time(MappedColumn column) {
        for (Encoding encoding : Encoding.values()) {
            if (encoding.name().equals(column.detail())) {
                int bytes = Kinds.bytes(encoding);
                return sized(column, bytes, bytes);
            }
        }
        return "with an encoding";
    }

    private static @Nullable String own(MappedColumn column) {
        return isOwnName(column.detail())
                ? sized(column, 1, MAX_LENGTH)
                : "with the name of a type, 1 to 100 of A-Z a-z 0-9 . _ - :";
    }

    /// Tells whether a type of the user may be called so.
    static boolean isOwnName(String name) {
        return !name.isEmpty()
                && name.length() <= 100
                && name.chars()
                        .allMatch(c ->
                                (c >= 'a' && c <= 'z')
                                        || (c >= 'A' && c <= 'Z')
                                        || (c >= '0' && c <= '9')
                                        || "._-:".indexOf(c) >= 0);
    }

    /// Tells whether a text is identifiers with dots between them.
    static boolean isPath(String path) {
        if (path.length() > MAX_PATH) {
            return false;
        }
        String[] names = path.split("\\.", -1);
        if (names.length > MAX_DEPTH) {
            return false;
        }
        for (String name : names) {
            if (!isIdentifier(name)) {
                return false;
            }
        }
        return true;
    }

    /// Tells whether a text is an identifier. Control characters, which Java allows in them, are
    /// not.
    static boolean isIdentifier(String name) {
        return !name.isEmpty()
                && Character.isJavaIdentifierStart(name.codePointAt(0))
                && name.codePoints()
                        .allMatch(c ->
                                Character.isJavaIdentifierPart(c)
                                        && !Character.isIdentifierIgnorable(c));
    }
}
