package io.patinox.benchmarks.config;

import java.nio.file.Path;

/// A library that keeps a configuration up to date with its file, as its user sees it.
interface ConfigReader extends AutoCloseable {

    /// Returns what the user is given now. A failure counts as [Reading#MISSING].
    Reading current();

    @Override
    default void close() {
        // most have nothing to close
    }

    /// Sets a reader up.
    @FunctionalInterface
    interface Factory {

        /// Sets the reader up; the file is there.
        ///
        /// @param file what to read
        /// @param changed called by the reader when it has a new configuration
        /// @return the reader
        /// @throws Exception when the library fails
        ConfigReader open(Path file, Runnable changed) throws Exception;
    }
}
