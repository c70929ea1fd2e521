package io.patinox.memory.mmap.internal;

import io.patinox.memory.mmap.Encoding;
import io.patinox.memory.mmap.MappedColumn;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/// Makes values of the bytes of an element, by the columns of its layout alone: it knows neither
/// the type that wrote them nor types of the user's own. The buffer has the byte order of the file.
///
/// Bytes that are no value become a text that begins with `!` and says what is there, so that one
/// bad value hides nothing else.
final class RowDecoder {
    private static final long NANOS = 1_000_000_000;

    private final List<Cell> cells;

    /// Reads what stands at a place.
    @FunctionalInterface
    private interface Cell {
        Object read(ByteBuffer bytes, int at);
    }

    RowDecoder(List<MappedColumn> columns) {
        this.cells = columns.stream().map(RowDecoder::cell).toList();
    }

    /// Returns the values of the element that begins at a place.
    List<Object> row(ByteBuffer bytes, int at) {
        List<Object> row = new ArrayList<>(cells.size());
        for (Cell cell : cells) {
            row.add(cell.read(bytes, at));
        }
        return row;
    }

    private static Cell cell(MappedColumn column) {
        int offset = column.offset();
        int length = column.length();
        Cell single = single(column);
        if (length < 0) {
            return (bytes, at) -> single.read(bytes, at + offset);
        }
        int size = column.byteSize() / length;
        return (bytes, at) -> {
            List<Object> elements = new ArrayList<>(length);
            for (int i = 0; i < length; i++) {
                elements.add(single.read(bytes, at + offset + i * size));
            }
            return elements;
        };
    }

    private static Cell single(MappedColumn column) {
        return switch (column.kind()) {
            case BOOLEAN -> (bytes, at) -> bool(bytes.get(at));
            case BYTE -> ByteBuffer::get;
            case SHORT -> ByteBuffer::getShort;
            case CHAR -> ByteBuffer::getChar;
            case INT -> ByteBuffer::getInt;
            case LONG -> ByteBuffer::getLong;
            case FLOAT -> ByteBuffer::getFloat;
            case DOUBLE -> ByteBuffer::getDouble;
            case ENUM -> constant(column.byteSize(), column.detail());
            case UTF8 -> string(column.byteSize() - Short.BYTES, RowDecoder::utf8);
            case LATIN1 ->
                    string(
                            column.byteSize() - Short.BYTES,
                            bytes -> new String(bytes, StandardCharsets.ISO_8859_1));
            case INSTANT -> time(Encoding.valueOf(column.detail()), RowDecoder::instant);
            case DURATION -> time(Encoding.valueOf(column.detail()), Duration::ofSeconds);
            case UUID -> RowDecoder::uuid;
            case OWN -> (bytes, at) -> HexFormat.of().formatHex(copy(bytes, at, column.byteSize()));
        };
    }

    private static Object bool(byte value) {
        return value == 0 || value == 1 ? (Object) (value == 1) : "!boolean " + value;
    }

    private static Cell constant(int width, String detail) {
        String[] constants = detail.split("\\|", -1);
        return (bytes, at) -> {
            int ordinal =
                    switch (width) {
                        case 1 -> Byte.toUnsignedInt(bytes.get(at));
                        case 2 -> Short.toUnsignedInt(bytes.getShort(at));
                        default -> bytes.getInt(at);
                    };
            return ordinal >= 0 && ordinal < constants.length
                    ? constants[ordinal]
                    : "!constant %s of %d"
                            .formatted(Integer.toUnsignedString(ordinal), constants.length);
        };
    }

    /// Makes a text of bytes.
    @FunctionalInterface
    private interface Charset {
        String decode(byte[] bytes);
    }

    private static Cell string(int capacity, Charset charset) {
        return (bytes, at) -> {
            int used = Short.toUnsignedInt(bytes.getShort(at));
            return used > capacity
                    ? "!length %d of %d at most".formatted(used, capacity)
                    : charset.decode(copy(bytes, at + Short.BYTES, used));
        };
    }

    private static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return "!no UTF-8: " + HexFormat.of().formatHex(bytes);
        }
    }

    /// Makes a moment or a span.
    @FunctionalInterface
    private interface Time {
        Object of(long seconds, long nanos);
    }

    private static Cell time(Encoding encoding, Time time) {
        long perSecond =
                switch (encoding) {
                    case MILLIS -> 1_000;
                    case MICROS -> 1_000_000;
                    case NANOS -> NANOS;
                    case SECONDS, SECONDS_AND_NANOS -> 1;
                };
        if (encoding != Encoding.SECONDS_AND_NANOS) {
            return (bytes, at) -> {
                long number = bytes.getLong(at);
                long rest = Math.floorMod(number, perSecond);
                return time.of(Math.floorDiv(number, perSecond), rest * (NANOS / perSecond));
            };
        }
        return (bytes, at) -> {
            long nanos = bytes.getInt(at + Long.BYTES);
            return nanos < 0 || nanos >= NANOS
                    ? "!%d nanoseconds in a second".formatted(nanos)
                    : time.of(bytes.getLong(at), nanos);
        };
    }

    private static Object instant(long seconds, long nanos) {
        try {
            return Instant.ofEpochSecond(seconds, nanos);
        } catch (DateTimeException e) {
            return "!second " + seconds;
        }
    }

    /// Bytes in the order of RFC 9562, whatever that of the file.
    private static Object uuid(ByteBuffer bytes, int at) {
        ByteBuffer copy = bytes.duplicate().order(ByteOrder.BIG_ENDIAN);
        return new UUID(copy.getLong(at), copy.getLong(at + Long.BYTES));
    }

    private static byte[] copy(ByteBuffer bytes, int at, int length) {
        byte[] copy = new byte[length];
        bytes.get(at, copy);
        return copy;
    }
}
