package io.patinox.memory.mmap.internal;

import io.patinox.memory.error.MappingHeaderException;
import io.patinox.memory.mmap.MappedFileHeader;
import io.patinox.memory.mmap.MappedLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/// The header of a file, version 1. All numbers are little-endian, whatever the order of the data.
///
/// | at | bytes | what |
/// |---|---|---|
/// | 0 | 8 | magic: `PXMAP`, CR, SUB, LF, so that a transfer as text is noticed |
/// | 8 | 4 | version of the format |
/// | 12 | 4 | bytes of the header, a multiple of 4,096: where the elements begin |
/// | 16 | 4 | byte order of the elements: 1 little-endian, 2 big-endian |
/// | 20 | 4 | stride |
/// | 24 | 8 | fingerprint of the layout |
/// | 32 | 4 | bytes of a block that has a checksum, or 0 |
/// | 36 | 4 | bytes of the layout's text |
/// | 40 | 8 | zero |
/// | 48 | 4 | CRC-32C of all of the header but this field and bytes 64 to 95 |
/// | 52 | 12 | zero |
/// | 64 | 8 | count: how many elements are published |
/// | 72 | 8 | capacity: for how many there is room |
/// | 80 | 8 | state: one of two numbers for clean and dirty |
/// | 88 | 8 | check: a mixture of the three before |
/// | 96 | 32 | zero |
/// | 128 | | the layout's text, UTF-8, then zeros |
///
/// The second part, from 64 to 95, changes while the file is written; each field is written at once
/// as 8 aligned bytes. In a clean file the check fits; in a dirty one it may not, as its writer may
/// have died between two fields.
///
/// After the elements, at the next multiple of 8 after `header + capacity * stride`, stand the
/// checksums, 4 bytes for each block of the room, followed by the CRC-32C of themselves, if the
/// file has any.
///
/// *Why a file is readable whenever its writer dies.* What one process stored into a mapping is in
/// the file however that process ends, and stores with release semantics are in it in their order.
/// An update stores the state "dirty" first and its last state last, so all in between happens in a
/// dirty file, in which the check is not asked. There, count and capacity must be plausible at
/// every moment, that is, the count not above the capacity: of the two the one that makes room for
/// the other is stored first, a greater capacity before the count, a smaller one after it. The file
/// must be long enough for either, so the one who cuts or lengthens it does that after a smaller
/// and before a greater capacity is stored. A file is thus clean only if all of its last update is
/// there. After a loss of power the disk may have any of the states that the 32 bytes had, as they
/// lie in one sector, which disks write as a whole.
///
/// *Why damage is found.* The check maps each of the three fields one to one while the others stay,
/// so a change of one of the four alone never fits. The numbers for clean and dirty differ in each
/// of their bytes, and in 35 bits. All else is under the CRC, which finds each change of up to 32
/// bits side by side.
///
/// *Reading beside a writer* may get fields of different moments. What does not fit is read again a
/// few times, together with the length of the file, before it is refused.
final class FileHeader {
    static final int VERSION = 1;
    static final int LEAST_BYTES = 4096;
    static final int MOST_BYTES = 4 << 20;
    static final int COUNT_AT = 64;
    static final int CAPACITY_AT = 72;
    static final int STATE_AT = 80;
    static final int CHECK_AT = 88;

    static final long CLEAN = 0x5AA5_3CC3_6996_0FF0L;
    static final long DIRTY = 0xC3D2_E187_B41E_9A6DL;

    static final long MAGIC = 0x0A1A_0D50_414D_5850L; // PXMAP, CR, SUB, LF, the first the lowest
    static final int VERSION_AT = 8;
    static final int HEADER_BYTES_AT = 12;
    static final int ORDER_AT = 16;
    static final int STRIDE_AT = 20;
    static final int FINGERPRINT_AT = 24;
    static final int BLOCK_BYTES_AT = 32;
    static final int TEXT_BYTES_AT = 36;
    static final int CRC_AT = 48;
    static final int TEXT_AT = 128;
    static final int CHANGING_END = 96;

    private static final VarHandle FIELD =
            ValueLayout.JAVA_LONG
                    .withOrder(ByteOrder.LITTLE_ENDIAN)
                    .varHandle()
                    .withInvokeExactBehavior();

    private FileHeader() {}

    /// Returns how many bytes the header of a layout takes: the text of a layout fits the largest.
    static int bytes(MappedLayout layout) {
        int text = layout.text().getBytes(StandardCharsets.UTF_8).length;
        return Math.ceilDiv(TEXT_AT + text, LEAST_BYTES) * LEAST_BYTES;
    }

    /// Returns a whole header of a clean file without elements.
    static ByteBuffer write(MappedLayout layout, int blockBytes) {
        byte[] text = layout.text().getBytes(StandardCharsets.UTF_8);
        ByteBuffer header = ByteBuffer.allocate(bytes(layout)).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(0, MAGIC)
                .putInt(VERSION_AT, VERSION)
                .putInt(HEADER_BYTES_AT, header.capacity())
                .putInt(ORDER_AT, layout.order() == ByteOrder.LITTLE_ENDIAN ? 1 : 2)
                .putInt(STRIDE_AT, layout.strideBytes())
                .putLong(FINGERPRINT_AT, layout.fingerprint())
                .putInt(BLOCK_BYTES_AT, blockBytes)
                .putInt(TEXT_BYTES_AT, text.length)
                .put(TEXT_AT, text)
                .putLong(STATE_AT, CLEAN)
                .putLong(CHECK_AT, check(0, 0, CLEAN));
        return header.putInt(CRC_AT, crc(header));
    }

    /// Computes the CRC of what does not change in a header.
    static int crc(ByteBuffer header) {
        int afterCrc = CRC_AT + Integer.BYTES;
        CRC32C crc = new CRC32C();
        crc.update(header.slice(0, CRC_AT));
        crc.update(header.slice(afterCrc, COUNT_AT - afterCrc));
        crc.update(header.slice(CHANGING_END, header.capacity() - CHANGING_END));
        return (int) crc.getValue();
    }

    /// Mixes the three fields: each step maps numbers one to one.
    static long check(long count, long capacity, long state) {
        return mix(mix(mix(count) ^ capacity) ^ state);
    }

    private static long mix(long number) {
        long mixed = (number ^ 0x9E37_79B9_7F4A_7C15L) * 0xBF58_476D_1CE4_E5B9L;
        mixed = (mixed ^ mixed >>> 29) * 0x94D0_49BB_1331_11EBL;
        return mixed ^ mixed >>> 32;
    }

    /// Reads and checks the header of a file by positional reads. Checks besides: the file is as
    /// long as header, capacity and checksums need; nothing overflows.
    ///
    /// @throws MappingHeaderException if anything is wrong, with the field
    static MappedFileHeader read(FileAccess file) {
        return new HeaderReader(file).read();
    }

    /// Writes count, capacity, state and check into the mapped header, in an order that leaves a
    /// dirty file readable at every moment.
    static void update(MemorySegment header, long count, long capacity, boolean clean) {
        long state = clean ? CLEAN : DIRTY;
        set(header, STATE_AT, DIRTY);
        VarHandle.fullFence(); // no store into an element may come before that of the state
        if (capacity >= get(header, CAPACITY_AT)) {
            set(header, CAPACITY_AT, capacity);
            set(header, COUNT_AT, count);
        } else {
            set(header, COUNT_AT, count);
            set(header, CAPACITY_AT, capacity);
        }
        set(header, CHECK_AT, check(count, capacity, state));
        set(header, STATE_AT, state);
    }

    /// Publishes a count in the mapped header of a dirty file: a store with release semantics.
    static void publish(MemorySegment header, long count, long capacity) {
        set(header, COUNT_AT, count);
        set(header, CHECK_AT, check(count, capacity, DIRTY));
    }

    private static void set(MemorySegment header, long at, long value) {
        FIELD.setRelease(header, at, value);
    }

    private static long get(MemorySegment header, long at) {
        return (long) FIELD.getAcquire(header, at);
    }
}
