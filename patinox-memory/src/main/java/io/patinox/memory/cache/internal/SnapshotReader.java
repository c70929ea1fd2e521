package io.patinox.memory.cache.internal;

import io.patinox.memory.error.CacheSnapshotException;
import io.patinox.memory.internal.Describe;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Reads a snapshot block by block, and believes nothing that is not covered by a checksum.
///
/// *Threads.* Not thread-safe.
public final class SnapshotReader implements AutoCloseable {

    private final String cache;
    private final Path file;
    private final boolean skipping;
    private final FileChannel channel;
    private final long size;
    private final CRC32C all = new CRC32C();
    private long offset;
    private long atMillis;
    private long records;
    private long blocks;
    private long badBlocks;
    private boolean ended;

    /// Opens a snapshot and checks its header.
    ///
    /// @param cache the name of the cache, for errors
    /// @param file the file
    /// @param keyCodec the name of the codec of keys
    /// @param valueCodec the name of the codec of values
    /// @param skipping whether blocks that are damaged are left out, instead of being an error
    /// @throws IOException if it can't be read
    /// @throws CacheSnapshotException if it is no snapshot, or of another version or layout
    public SnapshotReader(
            String cache, Path file, String keyCodec, String valueCodec, boolean skipping)
            throws IOException {
        this.cache = cache;
        this.file = file;
        this.skipping = skipping;
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            this.size = channel.size();
            readHeader(SnapshotFormat.layout(keyCodec, valueCodec));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private void readHeader(String layout) throws IOException {
        ByteBuffer fixed = read(SnapshotFormat.HEADER_FIXED_BYTES, "the header");
        if (fixed.getLong() != SnapshotFormat.MAGIC) {
            throw invalid(0, "the file does not begin like a snapshot of a cache", null);
        }
        int version = fixed.getInt();
        if (version != SnapshotFormat.VERSION) {
            throw invalid(
                    8,
                    "it has version %d, and this program reads version %d"
                            .formatted(version, SnapshotFormat.VERSION),
                    null);
        }
        atMillis = fixed.getLong();
        int length = fixed.getInt();
        if (length < 0 || length > SnapshotFormat.LAYOUT_MAX_BYTES) {
            throw invalid(20, "its header is damaged", null);
        }
        ByteBuffer rest = read(length + SnapshotFormat.CRC_BYTES, "the header");
        byte[] found = new byte[length];
        rest.get(found);
        ByteBuffer whole = ByteBuffer.allocate(fixed.capacity() + length);
        whole.put(fixed.rewind()).put(found).flip();
        if (SnapshotFormat.crc(whole) != rest.getInt()) {
            throw invalid(offset - SnapshotFormat.CRC_BYTES, "its header is damaged", null);
        }
        String has = new String(found, StandardCharsets.UTF_8);
        if (!has.equals(layout)) {
            throw invalid(
                    SnapshotFormat.HEADER_FIXED_BYTES,
                    "it holds '%s', and the codecs are for '%s'"
                            .formatted(Describe.line(has), layout),
                    null);
        }
    }

    /// Returns when it was written.
    ///
    /// @return the time by the wall clock, in milliseconds since 1970
    public long atMillis() {
        return atMillis;
    }

    /// Returns how much of the file has been read.
    ///
    /// @return from 0 to 1
    public double progress() {
        return size == 0 ? 1 : (double) offset / size;
    }

    /// Returns how many blocks were left out because they are damaged, the end of the file included
    /// if it is missing.
    ///
    /// @return from 0
    public long badBlocks() {
        return badBlocks;
    }

    /// Returns where the next block begins.
    ///
    /// @return bytes from the start of the file
    public long offset() {
        return offset;
    }

    /// Reads the next block.
    ///
    /// @return its entries; null at the end of the snapshot
    /// @throws IOException if it can't be read
    /// @throws CacheSnapshotException if it is damaged and blocks are not skipped
    public @Nullable List<SnapshotRecord> next() throws IOException {
        while (!ended) {
            long start = offset;
            try {
                List<SnapshotRecord> read = readPart();
                if (read != null) {
                    return read;
                }
            } catch (CacheSnapshotException e) {
                if (!skipping) {
                    throw e;
                }
                badBlocks++;
                // where the next block begins is known only if this one said how long it is
                ended |= offset <= start || size - offset < 4 || !marked();
            }
        }
        return null;
    }

    // whether a block or the trailer begins here
    private boolean marked() throws IOException {
        ByteBuffer mark = ByteBuffer.allocate(4);
        if (channel.read(mark, offset) < 4) {
            return false;
        }
        int found = mark.getInt(0);
        return found == SnapshotFormat.BLOCK || found == SnapshotFormat.TRAILER;
    }

    private @Nullable List<SnapshotRecord> readPart() throws IOException {
        long start = offset;
        int mark = peekMark();
        if (mark == SnapshotFormat.TRAILER) {
            readTrailer();
            return null;
        }
        if (mark != SnapshotFormat.BLOCK) {
            throw invalid(start, "neither a block nor the end of the snapshot begins here", null);
        }
        ByteBuffer fixed = read(SnapshotFormat.BLOCK_FIXED_BYTES, "a block");
        int count = fixed.getInt(4);
        int length = fixed.getInt(8);
        if (length < 0 || length > size - offset - SnapshotFormat.CRC_BYTES) {
            offset = start;
            throw invalid(
                    start + 8,
                    "it ends within a block: of %d bytes, %d are there"
                            .formatted(length, size - start),
                    null);
        }
        ByteBuffer body = read(length + SnapshotFormat.CRC_BYTES, "a block");
        ByteBuffer whole = ByteBuffer.allocate(fixed.capacity() + length);
        whole.put(fixed.rewind()).put(body.slice(0, length)).flip();
        int crc = body.getInt(length);
        if (SnapshotFormat.crc(whole) != crc) {
            throw invalid(start, "the checksum of the block that begins here is wrong", null);
        }
        SnapshotFormat.chain(all, crc);
        blocks++;
        records += count;
        return records(start, count, body.slice(0, length));
    }

    // the checksum was right, so whatever is wrong here was written so
    private List<SnapshotRecord> records(long start, int count, ByteBuffer body) {
        List<SnapshotRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (body.remaining() < SnapshotRecord.FIXED_BYTES) {
                throw invalid(start, "the block that begins here has fewer entries", null);
            }
            int keyLength = body.getInt();
            int valueLength = body.getInt();
            int hits = body.getInt();
            long remaining = body.getLong();
            long age = body.getLong();
            if (keyLength < 0
                    || valueLength < 0
                    || (long) keyLength + valueLength > body.remaining()) {
                throw invalid(start, "an entry of the block that begins here is too long", null);
            }
            byte[] key = new byte[keyLength];
            byte[] value = new byte[valueLength];
            body.get(key).get(value);
            records.add(new SnapshotRecord(key, value, hits, remaining, age));
        }
        return records;
    }

    private int peekMark() throws IOException {
        ByteBuffer mark = ByteBuffer.allocate(4);
        if (channel.read(mark, offset) < 4) {
            throw invalid(offset, "it ends before its trailer", null);
        }
        return mark.getInt(0);
    }

    private void readTrailer() throws IOException {
        long start = offset;
        ByteBuffer trailer = read(SnapshotFormat.TRAILER_BYTES, "the trailer");
        ended = true;
        int crc = SnapshotFormat.crc(trailer.slice(0, SnapshotFormat.TRAILER_BYTES - 4));
        if (crc != trailer.getInt(SnapshotFormat.TRAILER_BYTES - 4)) {
            throw invalid(start, "its trailer is damaged", null);
        }
        boolean complete =
                trailer.getLong(4) == records
                        && trailer.getLong(12) == blocks
                        && trailer.getInt(20) == (int) all.getValue();
        if (!complete && badBlocks == 0) {
            throw invalid(
                    start,
                    "it should have %d entries in %d blocks, and has %d in %d"
                            .formatted(trailer.getLong(4), trailer.getLong(12), records, blocks),
                    null);
        }
        if (offset != size) {
            throw invalid(offset, (size - offset) + " bytes follow its end", null);
        }
    }

    private ByteBuffer read(int length, String part) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, offset + bytes.position()) < 0) {
                throw invalid(size, "it ends within " + part, null);
            }
        }
        offset += length;
        return bytes.flip();
    }

    /// Makes the exception for what is wrong with the file.
    ///
    /// @param at where in the file
    /// @param what what is wrong
    /// @param cause what a codec threw, or null
    /// @return the exception
    public CacheSnapshotException invalid(long at, String what, @Nullable Throwable cause) {
        return new CacheSnapshotException(cache, file.toString(), at, what, cause);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
