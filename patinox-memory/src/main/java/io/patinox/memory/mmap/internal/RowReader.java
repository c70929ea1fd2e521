package io.patinox.memory.mmap.internal;

import io.patinox.memory.mmap.BlockReport;
import io.patinox.memory.mmap.MappedFileHeader;
import java.nio.file.Path;
import java.util.List;

/// Reads a file by what its header says of it, without mapping it.
@SuppressWarnings("DoNotCallSuggester")
public final class RowReader implements AutoCloseable {
    private RowReader() {}

    /// Opens a file and checks its header.
    ///
    /// @param path the file
    /// @return the reader
    public static RowReader open(Path path) {
        throw new UnsupportedOperationException(path.toString());
    }

    /// Returns the header.
    ///
    /// @return the header
    public MappedFileHeader header() {
        throw new UnsupportedOperationException();
    }

    /// Reads an element.
    ///
    /// @param index which
    /// @return a value a column
    public List<Object> row(long index) {
        throw new UnsupportedOperationException("" + index);
    }

    /// Compares blocks with their checksums.
    ///
    /// @return what was found
    public BlockReport verify() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
