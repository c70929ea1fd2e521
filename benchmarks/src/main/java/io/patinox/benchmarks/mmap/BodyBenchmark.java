package io.patinox.benchmarks.mmap;

import io.patinox.memory.mmap.MappedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// What a body costs by itself.
public class BodyBenchmark {

    /// A small file.
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init")
    public static class SmallFile {
        private Path folder;
        private Path path;
        private MappedFile<Trade> file;

        /// Makes and opens it.
        ///
        /// @throws IOException if that fails
        @Setup
        public void begin() throws IOException {
            Neighbours.heat();
            folder = Files.createTempDirectory("patinox-mmap");
            path = folder.resolve("small");
            MappedFile.builder(path, Trade.class).create(100).close();
            file = MappedFile.builder(path, Trade.class).openReadOnly();
        }

        /// Closes and deletes it.
        ///
        /// @throws IOException if that fails
        @TearDown
        public void end() throws IOException {
            file.close();
            Files.deleteIfExists(path);
            Files.deleteIfExists(folder);
        }
    }

    /// Does nothing in a body.
    ///
    /// @param state the file
    /// @return nothing of interest
    @Benchmark
    public Object empty(SmallFile state) {
        return state.file.read(slice -> Boolean.TRUE);
    }

    /// Reads one element in a body of its own.
    ///
    /// @param state the file
    /// @return a component of it
    @Benchmark
    public long one(SmallFile state) {
        return state.file.get(42).id();
    }
}
