package io.patinox.memory.mmap.internal;

import io.patinox.memory.mmap.MappedFileHeader;
import io.patinox.memory.mmap.MappedLayout;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

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
final class FileHeader {
    static final int VERSION = 1;
    static final int LEAST_BYTES = 4096;
    static final int COUNT_AT = 64;
    static final int CAPACITY_AT = 72;
    static final int STATE_AT = 80;
    static final int CHECK_AT = 88;

    private FileHeader() {}

    /// Returns how many bytes the header of a layout takes.
    static int bytes(MappedLayout layout) {
        throw new UnsupportedOperationException(layout.text());
    }

    /// Returns a whole header of a clean file without elements.
    static ByteBuffer write(MappedLayout layout, int blockBytes) {
        throw new UnsupportedOperationException(layout.text() + blockBytes);
    }

    /// Reads and checks the header of a file by positional reads. Checks besides: the file is as
    /// long as header, capacity and checksums need; nothing overflows.
    ///
    /// @throws io.patinox.memory.error.MappingHeaderException if anything is wrong, with the field
    static MappedFileHeader read(FileAccess file) {
        throw new UnsupportedOperationException(file.toString());
    }

    /// Writes count, capacity, state and check into the mapped header, in an order that leaves a
    /// dirty file readable at every moment.
    static void update(MemorySegment header, long count, long capacity, boolean clean) {
        throw new UnsupportedOperationException(header + "" + count + capacity + clean);
    }

    /// Publishes a count in the mapped header of a dirty file: a store with release semantics.
    static void publish(MemorySegment header, long count, long capacity) {
        throw new UnsupportedOperationException(header + "" + count + capacity);
    }
}
