package io.patinox.memory.mmap.internal.layout;

import io.patinox.memory.error.MappingValueException;
import io.patinox.memory.mmap.MappedColumn;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Strings of a limited length: two bytes that tell how many bytes are used, then the bytes, then
/// zeros.
///
/// Nothing is replaced silently. Java's own conversions replace what they can't convert, so each is
/// followed or preceded by a look for just that: a replacement character in a string that was read,
/// which may also stand in the file rightly and is then decoded again strictly; a surrogate without
/// its other half, or a character above 255, in a string that is to be written.
final class Strings {
    private static final char REPLACEMENT = '\uFFFD';

    private Strings() {}

    /// Returns the component.
    static Part.Coded utf8(MappedColumn column, ByteOrder order) {
        int capacity = column.byteSize() - LayoutRules.STRING_PREFIX;
        return Values.coded(column, String.class, new Utf8(column.path(), capacity, length(order)));
    }

    /// Returns the component.
    static Part.Coded latin1(MappedColumn column, ByteOrder order) {
        int capacity = column.byteSize() - LayoutRules.STRING_PREFIX;
        return Values.coded(
                column, String.class, new Latin1(column.path(), capacity, length(order)));
    }

    private static ValueLayout.OfShort length(ByteOrder order) {
        return ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order);
    }

    private record Utf8(String path, int capacity, ValueLayout.OfShort length)
            implements Codec<String> {

        @Override
        public String read(Body body, MemorySegment segment, long offset) {
            byte[] bytes = bytes(body, path, capacity, segment, offset, length);
            String value = new String(bytes, StandardCharsets.UTF_8);
            if (value.indexOf(REPLACEMENT) >= 0) {
                requireWellFormed(body, bytes);
            }
            return value;
        }

        private void requireWellFormed(Body body, byte[] bytes) {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            } catch (CharacterCodingException e) {
                throw Values.wrong(body, path, "its bytes are not UTF-8", e);
            }
        }

        @Override
        public void write(Body body, MemorySegment segment, long offset, @Nullable String given) {
            String value = requireRoom(body, path, capacity, given);
            int unpaired = unpairedSurrogate(value);
            if (unpaired >= 0) {
                throw Values.wrong(
                        body,
                        path,
                        "has half a character at " + unpaired + ", which UTF-8 has not");
            }
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            if (bytes.length > capacity) {
                throw tooLong(body, path, capacity, bytes.length);
            }
            put(bytes, capacity, segment, offset, length);
        }
    }

    private record Latin1(String path, int capacity, ValueLayout.OfShort length)
            implements Codec<String> {

        @Override
        public String read(Body body, MemorySegment segment, long offset) {
            byte[] bytes = bytes(body, path, capacity, segment, offset, length);
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }

        @Override
        public void write(Body body, MemorySegment segment, long offset, @Nullable String given) {
            String value = requireRoom(body, path, capacity, given);
            for (int i = 0; i < value.length(); i++) {
                if (value.charAt(i) > 0xFF) {
                    throw Values.wrong(
                            body, path, "has a character at " + i + " that ISO 8859-1 has not");
                }
            }
            put(value.getBytes(StandardCharsets.ISO_8859_1), capacity, segment, offset, length);
        }
    }

    private static byte[] bytes(
            Body body,
            String path,
            int capacity,
            MemorySegment segment,
            long offset,
            ValueLayout.OfShort length) {
        int used = Short.toUnsignedInt(Solid.of(segment.get(length, offset)));
        if (used > capacity) {
            throw Values.wrong(
                    body, path, "says to have " + used + " bytes of " + capacity + " at most");
        }
        byte[] bytes = new byte[used];
        MemorySegment.copy(
                segment, ValueLayout.JAVA_BYTE, offset + LayoutRules.STRING_PREFIX, bytes, 0, used);
        return bytes;
    }

    /// Each character takes a byte at least, so longer strings need not be converted.
    private static String requireRoom(
            Body body, String path, int capacity, @Nullable String value) {
        if (value == null) {
            throw Values.absent(body, path);
        }
        if (value.length() > capacity) {
            throw tooLong(body, path, capacity, value.length());
        }
        return value;
    }

    private static MappingValueException tooLong(Body body, String path, int capacity, int bytes) {
        return Values.wrong(body, path, "needs " + bytes + " bytes, and has room for " + capacity);
    }

    private static int unpairedSurrogate(String value) {
        int length = value.length();
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c)
                        || i + 1 == length
                        || !Character.isLowSurrogate(value.charAt(i + 1))) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }

    private static void put(
            byte[] bytes,
            int capacity,
            MemorySegment segment,
            long offset,
            ValueLayout.OfShort length) {
        segment.set(length, offset, (short) bytes.length);
        long at = offset + LayoutRules.STRING_PREFIX;
        MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, at, bytes.length);
        segment.asSlice(at + bytes.length, capacity - bytes.length).fill((byte) 0);
    }
}
