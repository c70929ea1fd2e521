package io.patinox.memory.mmap.internal;

import io.patinox.memory.error.MappingHeaderException;
import io.patinox.memory.error.MappingStorageException;
import io.patinox.memory.error.Options;
import io.patinox.memory.mmap.BlockReport;
import io.patinox.memory.mmap.BlockReport.BadBlock;
import io.patinox.memory.mmap.MappedFileHeader;
import io.patinox.memory.mmap.internal.layout.BlockMarks;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/// The checksums of the blocks of a file: where they stand, how they are renewed and compared. All
/// of it goes by positional reads and writes, so no fault can happen.
///
/// A block covers the bytes of the room from `block * blockBytes` on, counted from the first
/// element; the last may be shorter. Its checksum covers all of them, whether they are published or
/// not.
///
/// *A table of any length* is read and written a piece at a time, each as long as a buffer. The
/// checksum of the table, which stands behind it, is computed along with that; it needs all of the
/// table, 4 bytes a block, even if little of it changed.
///
/// *A writer that dies* while it renews leaves entries of which some are new and some old, and
/// perhaps a checksum of the table that is neither's. That file is dirty. Each entry is 4 aligned
/// bytes, so it is one or the other, and vouches for its block by itself: a block that is as its
/// entry says is good. So in a dirty file the checksum of the table is not asked; in a clean one it
/// must fit, and tells damage of the table from damage of a block.
///
/// *A renewal that fails*, as the disk did, has taken marks for which nothing was written. It marks
/// all blocks, so that the next one makes good what it left.
final class BlockTable {
    private static final int BUFFER_BYTES = 64 << 10;
    private static final long MOST_BYTES = 1L << 62;
    private static final long MOST_BLOCKS = Integer.MAX_VALUE - BUFFER_BYTES;

    private final FileAccess file;
    private final MappedFileHeader header;
    private final long roomBytes;
    private final int blocks;
    private final long tableAt;
    private final ByteBuffer data = buffer();
    private final ByteBuffer piece = buffer();

    private BlockTable(FileAccess file, MappedFileHeader header) {
        int strideBytes = header.layout().strideBytes();
        this.file = file;
        this.header = header;
        this.roomBytes = header.capacity() * strideBytes;
        this.blocks = blocks(header.capacity(), strideBytes, header.blockBytes());
        this.tableAt = at(header.headerBytes(), header.capacity(), strideBytes);
    }

    private static ByteBuffer buffer() {
        return ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// Returns for how many elements a file can have room at all: neither the length of the file
    /// nor the number of blocks overflows.
    static long mostElements(int strideBytes, int blockBytes) {
        long byLength = MOST_BYTES / strideBytes;
        return blockBytes == 0
                ? byLength
                : Math.min(byLength, MOST_BLOCKS * blockBytes / strideBytes);
    }

    /// Returns where the checksums stand, or would: the next multiple of 8 after the elements.
    ///
    /// @throws io.patinox.memory.error.InvalidOptionException if no file can be that long
    static long at(int headerBytes, long capacity, int strideBytes) {
        check(capacity, strideBytes, 0);
        return headerBytes + capacity * strideBytes + 7 & -8L;
    }

    /// Returns how many blocks the room has.
    ///
    /// @throws io.patinox.memory.error.InvalidOptionException if no file can have that many
    static int blocks(long capacity, int strideBytes, int blockBytes) {
        check(capacity, strideBytes, blockBytes);
        return (int) Math.ceilDiv(capacity * strideBytes, (long) blockBytes);
    }

    /// Returns how long a whole file is: header, elements, and checksums if there are any.
    ///
    /// @throws io.patinox.memory.error.InvalidOptionException if no file can be that long
    static long fileBytes(int headerBytes, long capacity, int strideBytes, int blockBytes) {
        check(capacity, strideBytes, blockBytes);
        return blockBytes == 0
                ? headerBytes + capacity * strideBytes
                : at(headerBytes, capacity, strideBytes)
                        + Integer.BYTES * (blocks(capacity, strideBytes, blockBytes) + 1L);
    }

    private static void check(long capacity, int strideBytes, int blockBytes) {
        Options.inRange("capacity", capacity, 0, mostElements(strideBytes, blockBytes));
    }

    /// Computes the checksums of all blocks and writes the table: for a new file, or one that
    /// became longer or shorter. The file is long enough already.
    static void rewrite(FileAccess file, MappedFileHeader header) {
        BlockTable table = new BlockTable(file, header);
        CRC32C whole = new CRC32C();
        for (int first = 0; first < table.blocks; first += BUFFER_BYTES / Integer.BYTES) {
            table.piece.clear().limit(table.bytesFrom(first));
            for (int i = 0; i < table.piece.limit(); i += Integer.BYTES) {
                table.piece.putInt(i, table.checksum(first + i / Integer.BYTES));
            }
            whole.update(table.piece);
            file.write(table.piece.rewind(), table.entryAt(first));
        }
        table.end((int) whole.getValue());
    }

    /// Computes the checksums of the blocks that are marked, takes their marks, and writes them.
    /// Nobody writes to the file meanwhile.
    ///
    /// @return how many were renewed
    static int renew(FileAccess file, MappedFileHeader header, BlockMarks marks) {
        int first = 0;
        while (first < marks.blocks() && !marks.take(first)) {
            first++;
        }
        if (first == marks.blocks()) {
            return 0;
        }
        boolean done = false;
        try {
            int renewed = new BlockTable(file, header).renew(first, marks);
            done = true;
            return renewed;
        } finally {
            if (!done) {
                marks.mark(0, (long) marks.blocks() * header.blockBytes());
            }
        }
    }

    /// Renews the block whose mark was taken already, and those that still have theirs.
    private int renew(int taken, BlockMarks marks) {
        CRC32C whole = new CRC32C();
        int renewed = 0;
        for (int first = 0; first < blocks; first += BUFFER_BYTES / Integer.BYTES) {
            readPiece(first);
            int bytes = piece.limit();
            int from = bytes;
            int to = 0;
            for (int i = 0; i < bytes; i += Integer.BYTES) {
                int block = first + i / Integer.BYTES;
                // a file that is longer than what is mapped of it has more blocks than marks
                if (block == taken || (block < marks.blocks() && marks.take(block))) {
                    piece.putInt(i, checksum(block));
                    from = Math.min(from, i);
                    to = i + Integer.BYTES;
                    renewed++;
                }
            }
            whole.update(piece.rewind());
            if (from < to) {
                file.write(piece.limit(to).position(from), entryAt(first) + from);
            }
        }
        end((int) whole.getValue());
        return renewed;
    }

    /// Compares all blocks with their checksums.
    ///
    /// @throws io.patinox.memory.error.InvalidOptionException if the file has no checksums
    /// @throws io.patinox.memory.error.MappingHeaderException if the file is clean, and the table
    ///   is damaged itself
    /// @throws io.patinox.memory.error.MappingStorageException if the file is cut off
    static BlockReport verify(FileAccess file, MappedFileHeader header) {
        Options.consistent(
                header.blockBytes() > 0,
                "verify",
                file.name(),
                "a file with checksums",
                "create files with checksums(blockBytes)");
        BlockTable table = new BlockTable(file, header);
        if (header.clean()) {
            table.checkItself();
        }
        List<BadBlock> bad = new ArrayList<>();
        for (int first = 0; first < table.blocks; first += BUFFER_BYTES / Integer.BYTES) {
            table.readPiece(first);
            int bytes = table.piece.limit();
            for (int i = 0; i < bytes; i += Integer.BYTES) {
                int block = first + i / Integer.BYTES;
                int expected = table.piece.getInt(i);
                int found = table.checksum(block);
                if (expected != found) {
                    bad.add(table.bad(block, expected, found));
                }
            }
        }
        return new BlockReport(table.blocks, header.blockBytes(), bad, header.clean());
    }

    private void checkItself() {
        CRC32C whole = new CRC32C();
        for (int first = 0; first < blocks; first += BUFFER_BYTES / Integer.BYTES) {
            readPiece(first);
            whole.update(piece.rewind());
        }
        piece.clear().limit(Integer.BYTES);
        readFully(piece, entryAt(blocks));
        int written = piece.getInt(0);
        int computed = (int) whole.getValue();
        if (written != computed) {
            throw new MappingHeaderException(
                    file.name(),
                    "checksums",
                    "a table with the checksum %08x".formatted(written),
                    "one with %08x".formatted(computed));
        }
    }

    private BadBlock bad(int block, int expected, int found) {
        long begin = (long) block * header.blockBytes();
        long end = Math.min(begin + header.blockBytes(), roomBytes);
        int strideBytes = header.layout().strideBytes();
        return new BadBlock(block, begin / strideBytes, (end - 1) / strideBytes, expected, found);
    }

    /// Writes the checksum of the table itself.
    private void end(int checksum) {
        piece.clear().limit(Integer.BYTES);
        piece.putInt(0, checksum);
        file.write(piece, entryAt(blocks));
    }

    private long entryAt(int block) {
        return tableAt + (long) block * Integer.BYTES;
    }

    /// Returns how many bytes the entries from a block on take in the buffer.
    private int bytesFrom(int first) {
        return Math.min(BUFFER_BYTES / Integer.BYTES, blocks - first) * Integer.BYTES;
    }

    private void readPiece(int first) {
        piece.clear().limit(bytesFrom(first));
        readFully(piece, entryAt(first));
    }

    /// Computes the checksum of a block.
    private int checksum(int block) {
        CRC32C crc = new CRC32C();
        long begin = (long) block * header.blockBytes();
        long end = Math.min(begin + header.blockBytes(), roomBytes);
        for (long at = begin; at < end; at += BUFFER_BYTES) {
            int bytes = (int) Math.min(BUFFER_BYTES, end - at);
            data.clear().limit(bytes);
            readFully(data, header.headerBytes() + at);
            crc.update(data.rewind());
        }
        return (int) crc.getValue();
    }

    private void readFully(ByteBuffer target, long position) {
        int read = file.read(target, position);
        if (target.hasRemaining()) {
            EOFException cut =
                    new EOFException("it ends at byte %d already".formatted(position + read));
            throw new MappingStorageException(file.name(), "read the blocks of", cut);
        }
    }
}
