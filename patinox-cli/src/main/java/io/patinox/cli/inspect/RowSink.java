package io.patinox.cli.inspect;

import io.patinox.memory.mmap.MappedColumn;
import java.io.IOException;
import java.util.List;

/// Where records go, one after the other.
interface RowSink {
    /// Begins.
    void begin(List<MappedColumn> columns) throws IOException;

    /// Takes a record.
    ///
    /// @param index which it is
    /// @param values one a column
    void row(long index, List<Object> values) throws IOException;

    /// Ends.
    void end() throws IOException;
}
