package io.patinox.memory.mmap.internal;

import io.patinox.memory.error.Options;
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

    boolean headerless() {
        return headerBytes == 0;
    }

    /// Checks that a file can have room for so many elements at all.
    ///
    /// @param option what errors call the number
    long require(String option, long elements) {
        long most = BlockTable.mostElements(layout.strideBytes(), blockBytes);
        return Options.inRange(option, elements, 0, most);
    }

    /// Returns how many bytes are mapped for so many elements.
    long mappedBytes(long capacity) {
        return headerBytes + capacity * layout.strideBytes();
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
