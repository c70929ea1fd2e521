package io.patinox.memory.mmap;

import io.patinox.memory.error.Options;
import io.patinox.memory.mmap.internal.RowReader;
import java.nio.file.Path;
import java.util.List;

/// Looks into a file without knowing its type: what is in it stands in its header.
///
/// {@snippet file="io/patinox/memory/examples/MappingExamples.java" region="inspect"}
///
/// It reads the file and maps nothing, so that no fault can happen; a file that is dirty, or that
/// somebody writes to, is read as it is. Not safe for use by several threads at once.
public final class FileInspection implements AutoCloseable {
    private final RowReader reader;

    private FileInspection(RowReader reader) {
        this.reader = reader;
    }

    /// Opens a file and checks its header.
    ///
    /// @param path the file
    /// @return the inspection, to be closed
    /// @throws io.patinox.memory.error.MappingHeaderException if it is no file of ours, damaged, or
    ///   of a newer version
    /// @throws io.patinox.memory.error.MappingStorageException if it can't be read
    public static FileInspection open(Path path) {
        return new FileInspection(RowReader.open(Options.required("path", path)));
    }

    /// Returns the header, as it was when the file was opened.
    ///
    /// @return the header
    public MappedFileHeader header() {
        return reader.header();
    }

    /// Reads an element, a value for each column: boxed numbers, strings, `Instant`, `Duration`,
    /// `UUID`, the name of an enum's constant, a list for an array, hexadecimal digits for a type
    /// of the user's own.
    ///
    /// @param index from 0 to the header's count - 1
    /// @return the values in the order of the columns; what is no valid value stands there as a
    ///   text that begins with `!`
    public List<Object> row(long index) {
        return reader.row(index);
    }

    /// Compares all blocks with their checksums.
    ///
    /// @return what was found
    /// @throws io.patinox.memory.error.InvalidOptionException if the file has no checksums
    /// @throws io.patinox.memory.error.MappingHeaderException if the file is clean, and the
    ///   checksums are damaged themselves; in a dirty file they may be partly renewed, and each
    ///   still speaks for its block
    /// @throws io.patinox.memory.error.MappingStorageException if it can't be read, or is shorter
    ///   than its header says
    public BlockReport verify() {
        return reader.verify();
    }

    @Override
    public void close() {
        reader.close();
    }
}
