package io.patinox.memory.mmap.internal;

import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.mmap.MappedFileHeader;
import io.patinox.memory.mmap.MappedLayout;
import java.nio.file.Path;

/// Where things stand in a file, whatever its size is at the moment.
///
/// @param path the file
/// @param layout the layout
/// @param mapFrom where mappings begin: 0, or where the elements of a file without a header do
/// @param headerBytes how many bytes of a mapping come before the elements
/// @param blockBytes how many bytes a checksum is for, or 0
record FileShape(Path path, MappedLayout layout, long mapFrom, int headerBytes, int blockBytes) {

    // far below where sums of file sizes overflow
    private static final long MOST_BYTES = Long.MAX_VALUE / 4;

    boolean headerless() {
        return headerBytes == 0;
    }

    /// Returns how many bytes are mapped for so many elements.
    long mappedBytes(long capacity) {
        int stride = layout.strideBytes();
        if (capacity < 0 || capacity > (MOST_BYTES - headerBytes) / stride) {
            throw new InvalidOptionException(
                    "count",
                    capacity,
                    "0 to " + (MOST_BYTES - headerBytes) / stride,
                    "choose one in that range");
        }
        return headerBytes + capacity * stride;
    }

    /// Returns how long the file is with room for so many elements.
    long fileBytes(long capacity) {
        long mapped = mappedBytes(capacity);
        return blockBytes == 0
                ? mapFrom + mapped
                : BlockTable.fileBytes(headerBytes, capacity, layout.strideBytes(), blockBytes);
    }

    /// Returns where the checksums begin.
    long tableAt(long capacity) {
        return BlockTable.at(headerBytes, capacity, layout.strideBytes());
    }

    /// Returns how many blocks there are.
    int blocks(long capacity) {
        return BlockTable.blocks(capacity, layout.strideBytes(), blockBytes);
    }

    /// Returns the header as it should be.
    MappedFileHeader header(long count, long capacity, boolean clean) {
        return new MappedFileHeader(
                path,
                FileHeader.VERSION,
                headerBytes,
                layout.fingerprint(),
                count,
                capacity,
                clean,
                blockBytes,
                layout,
                fileBytes(capacity));
    }
}
