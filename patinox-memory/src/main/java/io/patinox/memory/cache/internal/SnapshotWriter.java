package io.patinox.memory.cache.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/// Writes a snapshot: to a file beside the one that is wanted, which takes its place when all of it
/// is on disk. So there is the old snapshot or the new one, and never half of one.
///
/// *Threads.* Not thread-safe.
public final class SnapshotWriter implements AutoCloseable {

    private static final int BLOCK_BYTES = 64 * 1_024;

    private final Path file;
    private final Path temporary;
    private final FileChannel channel;
    private final CRC32C all = new CRC32C();
    private ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
    private int blockRecords;
    private long records;
    private long blocks;
    private boolean finished;

    /// Starts a snapshot.
    ///
    /// @param file the file that is wanted
    /// @param keyCodec the name of the codec of keys
    /// @param valueCodec the name of the codec of values
    /// @param atMillis the time by the wall clock, in milliseconds since 1970
    /// @throws IOException if it can't be written
    public SnapshotWriter(Path file, String keyCodec, String valueCodec, long atMillis)
            throws IOException {
        this.file = file.toAbsolutePath();
        Path folder = this.file.getParent();
        if (folder == null) {
            throw new IOException(file + " is no file");
        }
        this.temporary = Files.createTempFile(folder, "." + this.file.getFileName(), ".tmp");
        this.channel = FileChannel.open(temporary, StandardOpenOption.WRITE);
        byte[] layout =
                SnapshotFormat.layout(keyCodec, valueCodec).getBytes(StandardCharsets.UTF_8);
        ByteBuffer header =
                ByteBuffer.allocate(
                        SnapshotFormat.HEADER_FIXED_BYTES
                                + layout.length
                                + SnapshotFormat.CRC_BYTES);
        header.putLong(SnapshotFormat.MAGIC)
                .putInt(SnapshotFormat.VERSION)
                .putLong(atMillis)
                .putInt(layout.length)
                .put(layout);
        header.putInt(SnapshotFormat.crc(header.array(), header.position())).flip();
        try {
            write(header);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /// Adds an entry.
    ///
    /// @param record the entry
    /// @throws IOException if it can't be written
    public void add(SnapshotRecord record) throws IOException {
        long length =
                (long) SnapshotRecord.FIXED_BYTES + record.key().length + record.value().length;
        if (length > Integer.MAX_VALUE - 1_024) {
            throw new IOException("an entry of " + length + " bytes is too large for a snapshot");
        }
        if (length > block.remaining() - SnapshotFormat.CRC_BYTES - startBytes()) {
            endBlock();
            if (length > BLOCK_BYTES - 1_024) {
                block = ByteBuffer.allocate((int) length + 1_024 / 2);
            }
        }
        if (blockRecords == 0) {
            block.putInt(SnapshotFormat.BLOCK).putInt(0).putInt(0);
        }
        block.putInt(record.key().length)
                .putInt(record.value().length)
                .putInt(record.hits())
                .putLong(record.remainingNanos())
                .putLong(record.ageNanos())
                .put(record.key())
                .put(record.value());
        blockRecords++;
        records++;
    }

    private int startBytes() {
        return blockRecords == 0 ? SnapshotFormat.BLOCK_FIXED_BYTES : 0;
    }

    private void endBlock() throws IOException {
        if (blockRecords > 0) {
            int length = block.position() - SnapshotFormat.BLOCK_FIXED_BYTES;
            block.putInt(4, blockRecords).putInt(8, length);
            int crc = SnapshotFormat.crc(block.array(), block.position());
            SnapshotFormat.chain(all, crc);
            block.putInt(crc).flip();
            write(block);
            blocks++;
        }
        block = block.capacity() == BLOCK_BYTES ? block.clear() : ByteBuffer.allocate(BLOCK_BYTES);
        blockRecords = 0;
    }

    /// Writes what is left, and puts the file in its place.
    ///
    /// @return how many entries are in it
    /// @throws IOException if it can't be written; the old file is untouched then
    public long finish() throws IOException {
        endBlock();
        ByteBuffer trailer = ByteBuffer.allocate(SnapshotFormat.TRAILER_BYTES);
        trailer.putInt(SnapshotFormat.TRAILER)
                .putLong(records)
                .putLong(blocks)
                .putInt((int) all.getValue());
        trailer.putInt(SnapshotFormat.crc(trailer.array(), trailer.position())).flip();
        write(trailer);
        channel.force(true);
        channel.close();
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        finished = true;
        syncFolder();
        return records;
    }

    // so that the new name outlives a power cut; not every system can
    private void syncFolder() {
        Path folder = file.getParent();
        if (folder == null) {
            return;
        }
        try (FileChannel entry = FileChannel.open(folder, StandardOpenOption.READ)) {
            entry.force(true);
        } catch (IOException notPossibleHere) {
            // the file itself is on disk, and that its old name might come back is no damage
        }
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            int _ = channel.write(bytes);
        }
    }

    /// Removes what was begun, unless it was finished.
    ///
    /// @throws IOException if it can't be removed
    @Override
    public void close() throws IOException {
        channel.close();
        if (!finished) {
            boolean _ = Files.deleteIfExists(temporary);
        }
    }
}
