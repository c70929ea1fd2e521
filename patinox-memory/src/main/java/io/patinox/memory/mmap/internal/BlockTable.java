package io.patinox.memory.mmap.internal;

import io.patinox.memory.mmap.BlockReport;
import io.patinox.memory.mmap.MappedFileHeader;
import io.patinox.memory.mmap.internal.layout.BlockMarks;

/// The checksums of the blocks of a file: where they stand, how they are renewed and compared. All
/// of it goes by positional reads and writes, so no fault can happen.
///
/// A block covers the bytes of the room from `block * blockBytes` on, counted from the first
/// element; the last may be shorter. Its checksum covers all of them, whether they are published or
/// not.
final class BlockTable {
    private BlockTable() {}

    /// Returns where the checksums stand, or would: the next multiple of 8 after the elements.
    static long at(int headerBytes, long capacity, int strideBytes) {
        throw new UnsupportedOperationException("" + headerBytes + capacity + strideBytes);
    }

    /// Returns how many blocks the room has.
    static int blocks(long capacity, int strideBytes, int blockBytes) {
        throw new UnsupportedOperationException("" + blockBytes + capacity + strideBytes);
    }

    /// Returns how long a whole file is: header, elements, and checksums if there are any.
    static long fileBytes(int headerBytes, long capacity, int strideBytes, int blockBytes) {
        throw new UnsupportedOperationException(
                "" + headerBytes + capacity + strideBytes + blockBytes);
    }

    /// Computes the checksums of all blocks and writes the table: for a new file, or one that
    /// became longer or shorter. The file is long enough already.
    static void rewrite(FileAccess file, MappedFileHeader header) {
        throw new UnsupportedOperationException(file + "" + header);
    }

    /// Computes the checksums of the blocks that are marked, takes their marks, and writes them.
    /// Nobody writes to the file meanwhile.
    ///
    /// @return how many were renewed
    static int renew(FileAccess file, MappedFileHeader header, BlockMarks marks) {
        throw new UnsupportedOperationException(file + "" + header + marks);
    }

    /// Compares all blocks with their checksums.
    ///
    /// @throws io.patinox.memory.error.MappingHeaderException if the table is damaged itself
    /// @throws io.patinox.memory.error.MappingStorageException if the file is cut off
    static BlockReport verify(FileAccess file, MappedFileHeader header) {
        throw new UnsupportedOperationException(file + "" + header);
    }
}
