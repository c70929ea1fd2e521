package io.patinox.benchmarks.door;

import java.nio.file.Path;

/// A regime whose harness runs in a fork, which finds it by its name.
interface ForkedRegime {

    /// Measures in this JVM and leaves the numbers in a file: the fork's part of measuring.
    ///
    /// @param implementation who
    /// @param effort how long
    /// @param results where the numbers go
    /// @throws Exception when measuring fails
    void measureHere(String implementation, Effort effort, Path results) throws Exception;
}
