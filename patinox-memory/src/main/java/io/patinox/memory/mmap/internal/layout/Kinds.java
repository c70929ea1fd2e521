package io.patinox.memory.mmap.internal.layout;

import io.patinox.memory.mmap.ColumnKind;
import io.patinox.memory.mmap.Encoding;
import io.patinox.memory.mmap.MappedColumn;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// How large kinds are, at a multiple of what they stand, and how the JDK calls them.
final class Kinds {
    static final int UUID_BYTES = 16;

    private Kinds() {}

    /// Returns the kind of a primitive type.
    static ColumnKind of(Class<?> primitive) {
        return switch (primitive.getName()) {
            case "boolean" -> ColumnKind.BOOLEAN;
            case "byte" -> ColumnKind.BYTE;
            case "short" -> ColumnKind.SHORT;
            case "char" -> ColumnKind.CHAR;
            case "int" -> ColumnKind.INT;
            case "long" -> ColumnKind.LONG;
            case "float" -> ColumnKind.FLOAT;
            case "double" -> ColumnKind.DOUBLE;
            default -> throw new IllegalArgumentException(primitive.getName());
        };
    }

    /// Returns how many bytes a primitive takes, or 0 if the kind is none.
    static int bytes(ColumnKind kind) {
        return switch (kind) {
            case BOOLEAN, BYTE -> 1;
            case SHORT, CHAR -> 2;
            case INT, FLOAT -> 4;
            case LONG, DOUBLE -> 8;
            default -> 0;
        };
    }

    /// Returns how many bytes a moment or span takes.
    static int bytes(Encoding encoding) {
        return encoding == Encoding.SECONDS_AND_NANOS ? Long.BYTES + Integer.BYTES : Long.BYTES;
    }

    /// Returns the layout of a primitive without alignment.
    static ValueLayout primitive(ColumnKind kind, ByteOrder order) {
        ValueLayout layout =
                switch (kind) {
                    case BOOLEAN -> ValueLayout.JAVA_BOOLEAN;
                    case BYTE -> ValueLayout.JAVA_BYTE;
                    case SHORT -> ValueLayout.JAVA_SHORT_UNALIGNED;
                    case CHAR -> ValueLayout.JAVA_CHAR_UNALIGNED;
                    case INT -> ValueLayout.JAVA_INT_UNALIGNED;
                    case LONG -> ValueLayout.JAVA_LONG_UNALIGNED;
                    case FLOAT -> ValueLayout.JAVA_FLOAT_UNALIGNED;
                    case DOUBLE -> ValueLayout.JAVA_DOUBLE_UNALIGNED;
                    default -> throw new IllegalArgumentException(kind.name());
                };
        return layout.withOrder(order);
    }

    /// Returns the kind with a code, or null.
    static @Nullable ColumnKind withCode(String code) {
        for (ColumnKind kind : ColumnKind.values()) {
            if (kind.code().equals(code)) {
                return kind;
            }
        }
        return null;
    }

    /// Returns the layout of a column by itself.
    ///
    /// @param alignment at a multiple of what it stands, 1 or [#alignment(ColumnKind, int)]
    static MemoryLayout layout(MappedColumn column, ByteOrder order, int alignment) {
        int bytes = column.byteSize();
        if (bytes(column.kind()) > 0) {
            MemoryLayout single = primitive(column.kind(), order).withByteAlignment(alignment);
            return column.length() < 0
                    ? single
                    : MemoryLayout.sequenceLayout(column.length(), single);
        }
        return switch (column.kind()) {
            case ENUM -> ordinal(bytes, order).withByteAlignment(alignment);
            case UTF8, LATIN1 ->
                    MemoryLayout.structLayout(
                            number(ColumnKind.CHAR, order, alignment).withName("length"),
                            bytes(bytes - LayoutRules.STRING_PREFIX).withName("bytes"));
            case INSTANT, DURATION ->
                    bytes == Long.BYTES
                            ? number(ColumnKind.LONG, order, alignment)
                            : MemoryLayout.structLayout(
                                    number(ColumnKind.LONG, order, alignment).withName("seconds"),
                                    number(ColumnKind.INT, order, Math.min(alignment, 4))
                                            .withName("nanos"));
            default -> bytes(bytes);
        };
    }

    private static MemoryLayout number(ColumnKind kind, ByteOrder order, int alignment) {
        return primitive(kind, order).withByteAlignment(alignment);
    }

    private static MemoryLayout ordinal(int bytes, ByteOrder order) {
        return primitive(
                switch (bytes) {
                    case 1 -> ColumnKind.BYTE;
                    case 2 -> ColumnKind.SHORT;
                    default -> ColumnKind.INT;
                },
                order);
    }

    private static MemoryLayout bytes(int count) {
        return MemoryLayout.sequenceLayout(count, ValueLayout.JAVA_BYTE);
    }

    /// Returns at a multiple of what a column stands by its nature; a type of one's own, whose
    /// alignment the layout doesn't tell, anywhere.
    static int alignment(ColumnKind kind, int byteSize) {
        int single = bytes(kind);
        if (single > 0) {
            return single;
        }
        return switch (kind) {
            case ENUM -> byteSize;
            case UTF8, LATIN1 -> LayoutRules.STRING_PREFIX;
            case INSTANT, DURATION -> Long.BYTES;
            default -> 1;
        };
    }
}
