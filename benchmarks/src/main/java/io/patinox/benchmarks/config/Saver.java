package io.patinox.benchmarks.config;

import java.io.IOException;
import java.nio.file.Path;

/// A way to save a file.
@FunctionalInterface
interface Saver {

    /// Saves, and returns when the file is as it shall be.
    ///
    /// @param file which
    /// @param contents what to write
    /// @throws IOException when the file system refuses
    /// @throws InterruptedException when the thread is interrupted between two steps
    void save(Path file, Contents contents) throws IOException, InterruptedException;
}
