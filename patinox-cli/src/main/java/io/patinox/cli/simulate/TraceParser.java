package io.patinox.cli.simulate;

import java.io.IOException;
import java.io.InputStream;

/// Reads the requests of a trace from a stream.
interface TraceParser {

    /// Reads until the stream ends or no more requests are wanted.
    ///
    /// @throws IOException if the stream can't be read
    /// @throws BadInputException if what is read is no trace of this format
    void read(InputStream in) throws IOException;
}
