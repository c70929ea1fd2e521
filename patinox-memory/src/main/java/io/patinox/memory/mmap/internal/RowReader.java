package io.patinox.memory.mmap.internal;

import io.patinox.memory.error.MappingClosedException;
import io.patinox.memory.error.MappingStorageException;
import io.patinox.memory.mmap.BlockReport;
import io.patinox.memory.mmap.MappedFileHeader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// Reads a file by what its header says of it, without mapping it.
///
/// It reads as many elements at once as fit a buffer, from the one asked for on, so that going
/// through a file takes few reads.
public final class RowReader implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 << 10;

    private final FileAccess file;
    private final MappedFileHeader header;
    private final RowDecoder decoder;
    private final int strideBytes;
    private final ByteBuffer buffer;
    private long first;
    private long end;
    private boolean closed;

    private RowReader(FileAccess file) {
        this.file = file;
        this.header = FileHeader.read(file);
        this.decoder = new RowDecoder(header.layout().columns());
        this.strideBytes = header.layout().strideBytes();
        this.buffer =
                ByteBuffer.allocate(Math.max(BUFFER_BYTES / strideBytes, 1) * strideBytes)
                        .order(header.layout().order());
    }

    /// Opens a file and checks its header.
    ///
    /// @param path the file
    /// @return the reader
    public static RowReader open(Path path) {
        // one that is no regular file, such as a pipe, might keep us waiting for ever
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            IOException cause = new IOException("it is no regular file");
            throw new MappingStorageException(path.toString(), "open", cause);
        }
        FileAccess file = FileAccess.open(path, false);
        try {
            return new RowReader(file);
        } catch (RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    /// Returns the header.
    ///
    /// @return the header
    public MappedFileHeader header() {
        return header;
    }

    /// Reads an element.
    ///
    /// @param index which
    /// @return a value a column
    public List<Object> row(long index) {
        checkOpen();
        Objects.checkIndex(index, header.count());
        if (index < first || index >= end) {
            fill(index);
        }
        return decoder.row(buffer, (int) (index - first) * strideBytes);
    }

    private void fill(long index) {
        end = first; // holds nothing, should reading fail
        long elements = Math.min(header.count() - index, buffer.capacity() / strideBytes);
        buffer.clear().limit((int) elements * strideBytes);
        long position = header.headerBytes() + index * strideBytes;
        int read = file.read(buffer, position);
        if (read < strideBytes) {
            EOFException cut =
                    new EOFException("it ends at byte %d already".formatted(position + read));
            throw new MappingStorageException(file.name(), "read element " + index + " of", cut);
        }
        first = index;
        end = index + read / strideBytes;
    }

    /// Compares blocks with their checksums.
    ///
    /// @return what was found
    public BlockReport verify() {
        checkOpen();
        return BlockTable.verify(file, header);
    }

    private void checkOpen() {
        if (closed) {
            throw new MappingClosedException(file.name(), "the inspection");
        }
    }

    @Override
    public void close() {
        closed = true;
        file.close();
    }
}
