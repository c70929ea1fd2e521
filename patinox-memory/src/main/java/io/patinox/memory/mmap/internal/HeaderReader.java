package io.patinox.memory.mmap.internal;

import static io.patinox.memory.mmap.internal.FileHeader.BLOCK_BYTES_AT;
import static io.patinox.memory.mmap.internal.FileHeader.CAPACITY_AT;
import static io.patinox.memory.mmap.internal.FileHeader.CHANGING_END;
import static io.patinox.memory.mmap.internal.FileHeader.CHECK_AT;
import static io.patinox.memory.mmap.internal.FileHeader.CLEAN;
import static io.patinox.memory.mmap.internal.FileHeader.COUNT_AT;
import static io.patinox.memory.mmap.internal.FileHeader.CRC_AT;
import static io.patinox.memory.mmap.internal.FileHeader.DIRTY;
import static io.patinox.memory.mmap.internal.FileHeader.FINGERPRINT_AT;
import static io.patinox.memory.mmap.internal.FileHeader.HEADER_BYTES_AT;
import static io.patinox.memory.mmap.internal.FileHeader.LEAST_BYTES;
import static io.patinox.memory.mmap.internal.FileHeader.MAGIC;
import static io.patinox.memory.mmap.internal.FileHeader.MOST_BYTES;
import static io.patinox.memory.mmap.internal.FileHeader.ORDER_AT;
import static io.patinox.memory.mmap.internal.FileHeader.STATE_AT;
import static io.patinox.memory.mmap.internal.FileHeader.STRIDE_AT;
import static io.patinox.memory.mmap.internal.FileHeader.TEXT_AT;
import static io.patinox.memory.mmap.internal.FileHeader.TEXT_BYTES_AT;
import static io.patinox.memory.mmap.internal.FileHeader.VERSION;
import static io.patinox.memory.mmap.internal.FileHeader.VERSION_AT;

import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.error.MappingHeaderException;
import io.patinox.memory.internal.Describe;
import io.patinox.memory.mmap.MappedFileHeader;
import io.patinox.memory.mmap.MappedLayout;
import io.patinox.memory.mmap.internal.layout.LayoutText;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Reads the header of one file and believes nothing of it: each field is checked before it is
/// used, and what is wrong is told with the field. The order is that in which a reader learns most:
/// what isn't our file at all, then a newer version, then damage, then contradictions.
final class HeaderReader {
    private static final int MOST_TRIES = 20;

    private final FileAccess file;

    HeaderReader(FileAccess file) {
        this.file = file;
    }

    MappedFileHeader read() {
        ByteBuffer start = bytes(LEAST_BYTES);
        if (start.getLong(0) != MAGIC) {
            throw wrong("magic", hex(MAGIC), hex(start.getLong(0)));
        }
        checkVersion(start.getInt(VERSION_AT));
        int headerBytes = start.getInt(HEADER_BYTES_AT);
        if (headerBytes < LEAST_BYTES
                || headerBytes > MOST_BYTES
                || headerBytes % LEAST_BYTES != 0) {
            String expected = "a multiple of 4096 up to " + MOST_BYTES;
            throw wrong("size of the header", expected, "" + headerBytes);
        }
        int textBytes = start.getInt(TEXT_BYTES_AT);
        int room = headerBytes - TEXT_AT;
        if (textBytes < 1 || textBytes > room) {
            throw wrong("size of the layout's text", "1 to " + room, "" + textBytes);
        }
        ByteBuffer header = headerBytes == LEAST_BYTES ? start : bytes(headerBytes);
        int crc = FileHeader.crc(header);
        if (crc != header.getInt(CRC_AT)) {
            throw wrong("CRC-32C", hex(crc), hex(header.getInt(CRC_AT)));
        }
        MappedLayout layout = layout(header, textBytes);
        checkZeros(header, 40, CRC_AT);
        checkZeros(header, CRC_AT + Integer.BYTES, COUNT_AT);
        checkZeros(header, CHANGING_END, TEXT_AT);
        checkZeros(header, TEXT_AT + textBytes, headerBytes);
        int blockBytes = header.getInt(BLOCK_BYTES_AT);
        if (blockBytes != 0 && (Integer.bitCount(blockBytes) != 1 || blockBytes < LEAST_BYTES)) {
            throw wrong("size of blocks", "0 or a power of two from 4096 up", "" + blockBytes);
        }
        return patiently(headerBytes, blockBytes, layout);
    }

    private ByteBuffer bytes(int size) {
        ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        int read = file.read(bytes, 0);
        if (read < size) {
            String found = read == 0 ? "empty" : read + " bytes long";
            throw wrong("file", "at least " + size + " bytes long", found);
        }
        return bytes;
    }

    private void checkVersion(int version) {
        if (version != VERSION) {
            String newer = version > VERSION ? ", which is newer than this program" : "";
            throw wrong("version", "" + VERSION, version + newer);
        }
    }

    private MappedLayout layout(ByteBuffer header, int textBytes) {
        int order = header.getInt(ORDER_AT);
        if (order != 1 && order != 2) {
            throw wrong("byte order", "1 (little) or 2 (big)", "" + order);
        }
        String text = text(header, textBytes);
        long fingerprint = LayoutText.fingerprint(text);
        if (fingerprint != header.getLong(FINGERPRINT_AT)) {
            throw wrong("fingerprint", hex(fingerprint), hex(header.getLong(FINGERPRINT_AT)));
        }
        MappedLayout layout;
        try {
            layout = MappedLayout.parse(text);
        } catch (InvalidOptionException e) {
            throw wrong("layout", "the text of a layout", Describe.failure(e));
        }
        if (!layout.text().equals(text)) {
            throw wrong("layout", Describe.line(layout.text()), Describe.line(text));
        }
        ByteOrder stated = order == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        if (!layout.order().equals(stated)) {
            throw wrong("byte order", layout.order() + ", as in the layout's text", "" + stated);
        }
        int stride = header.getInt(STRIDE_AT);
        if (layout.strideBytes() != stride) {
            String expected = layout.strideBytes() + ", as in the layout's text";
            throw wrong("stride", expected, "" + stride);
        }
        return layout;
    }

    private String text(ByteBuffer header, int textBytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(header.slice(TEXT_AT, textBytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw wrong("layout", "UTF-8", Describe.failure(e));
        }
    }

    private void checkZeros(ByteBuffer header, int from, int to) {
        for (int at = from; at < to; at++) {
            if (header.get(at) != 0) {
                throw wrong("byte " + at, "0", "" + header.get(at));
            }
        }
    }

    /// Reads what changes, again if it does not fit: its writer may be about to change it.
    private MappedFileHeader patiently(int headerBytes, int blockBytes, MappedLayout layout) {
        for (int tries = 1; ; tries++) {
            try {
                return changing(headerBytes, blockBytes, layout);
            } catch (MappingHeaderException e) {
                if (tries == MOST_TRIES) {
                    throw e;
                }
                Thread.onSpinWait();
            }
        }
    }

    private MappedFileHeader changing(int headerBytes, int blockBytes, MappedLayout layout) {
        ByteBuffer header = bytes(CHANGING_END);
        long count = header.getLong(COUNT_AT);
        long capacity = header.getLong(CAPACITY_AT);
        long state = header.getLong(STATE_AT);
        boolean clean = state == CLEAN;
        if (!clean && state != DIRTY) {
            String expected = "%s (clean) or %s (dirty)".formatted(hex(CLEAN), hex(DIRTY));
            throw wrong("state", expected, hex(state));
        }
        long check = FileHeader.check(count, capacity, state);
        if (clean && check != header.getLong(CHECK_AT)) {
            String field = "check of count, capacity and state";
            throw wrong(field, hex(check), hex(header.getLong(CHECK_AT)));
        }
        int strideBytes = layout.strideBytes();
        long most = BlockTable.mostElements(strideBytes, blockBytes);
        if (capacity < 0 || capacity > most) {
            throw wrong("capacity", "0 to " + most, "" + capacity);
        }
        if (count < 0 || count > capacity) {
            throw wrong("count", "0 to " + capacity, "" + count);
        }
        long needed = BlockTable.fileBytes(headerBytes, capacity, strideBytes, blockBytes);
        long fileBytes = file.size();
        if (fileBytes < needed) {
            String expected = "at least %d bytes long, for %d elements".formatted(needed, capacity);
            throw wrong("file", expected, fileBytes + " bytes long");
        }
        return new MappedFileHeader(
                file.path(),
                VERSION,
                headerBytes,
                layout.fingerprint(),
                count,
                capacity,
                clean,
                blockBytes,
                layout,
                fileBytes);
    }

    private MappingHeaderException wrong(String field, String expected, String found) {
        return new MappingHeaderException(file.name(), field, expected, found);
    }

    private static String hex(long number) {
        return "%016x".formatted(number);
    }

    private static String hex(int number) {
        return "%08x".formatted(number);
    }
}
