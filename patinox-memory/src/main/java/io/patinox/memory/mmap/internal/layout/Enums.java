package io.patinox.memory.mmap.internal.layout;

import io.patinox.memory.mmap.MappedColumn;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Constants of an enum, by their ordinals without a sign. The names of all constants, in their
/// order, belong to the layout: whoever puts them in another order has another layout.
final class Enums {
    private Enums() {}

    /// Returns the component.
    static Part.Coded constant(MappedColumn column, Class<?> type, ByteOrder order) {
        Codec<?> codec =
                new Constant(
                        column.path(),
                        constants(type),
                        column.byteSize(),
                        ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order),
                        ValueLayout.JAVA_INT_UNALIGNED.withOrder(order));
        return Values.coded(column, type, codec);
    }

    private static Enum<?>[] constants(Class<?> type) {
        return (Enum<?>[]) type.getEnumConstants();
    }

    /// Returns how many bytes a number of constants needs.
    static int width(int constants) {
        return constants <= 1 << Byte.SIZE ? 1 : constants <= 1 << Short.SIZE ? 2 : 4;
    }

    /// Returns the detail of a column.
    static String detail(Class<?> type) {
        return Arrays.stream(constants(type)).map(Enum::name).collect(Collectors.joining("|"));
    }

    // an array can't be part of what compares by value, and nobody compares codecs
    @SuppressWarnings("ArrayRecordComponent")
    private record Constant(
            String path,
            Enum<?>[] constants,
            int width,
            ValueLayout.OfShort two,
            ValueLayout.OfInt four)
            implements Codec<Enum<?>> {

        @Override
        public Enum<?> read(Body body, MemorySegment segment, long offset) {
            int ordinal =
                    switch (width) {
                        case 1 ->
                                Byte.toUnsignedInt(
                                        Solid.of(segment.get(ValueLayout.JAVA_BYTE, offset)));
                        case 2 -> Short.toUnsignedInt(Solid.of(segment.get(two, offset)));
                        default -> Solid.of(segment.get(four, offset));
                    };
            if (ordinal < 0 || ordinal >= constants.length) {
                throw Values.wrong(
                        body,
                        path,
                        "is number "
                                + Integer.toUnsignedString(ordinal)
                                + " of "
                                + constants.length
                                + " constants");
            }
            return constants[ordinal];
        }

        // the ordinal is what stands in the file, guarded by the names in the layout
        @SuppressWarnings("EnumOrdinal")
        @Override
        public void write(Body body, MemorySegment segment, long offset, @Nullable Enum<?> value) {
            if (value == null) {
                throw Values.absent(body, path);
            }
            int ordinal = value.ordinal();
            switch (width) {
                case 1 -> segment.set(ValueLayout.JAVA_BYTE, offset, (byte) ordinal);
                case 2 -> segment.set(two, offset, (short) ordinal);
                default -> segment.set(four, offset, ordinal);
            }
        }
    }
}
