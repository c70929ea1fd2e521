package io.patinox.benchmarks.mmap;

import io.patinox.memory.mmap.MappedFile;
import io.patinox.memory.mmap.MutableMappedFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import net.openhft.chronicle.bytes.MappedBytes;
import org.agrona.IoUtil;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// Opens a small file to be read, checks its header where there is one, maps it, looks at the first
/// number in it and closes it: one method an implementation.
public class OpenBenchmark {
    private static final int HEADER_BYTES = 4096;

    /// The file, which is ours: others take its beginning for numbers.
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init")
    public static class SmallFile {
        private Path folder;
        private Path path;

        /// Makes it.
        ///
        /// @throws IOException if that fails
        @Setup
        public void begin() throws IOException {
            Neighbours.heat();
            folder = Files.createTempDirectory("patinox-mmap");
            path = folder.resolve("small");
            try (MutableMappedFile<Trade> file =
                    MappedFile.builder(path, Trade.class).create(100)) {
                file.set(0, Trade.of(1, 0));
            }
        }

        /// Deletes it.
        ///
        /// @throws IOException if that fails
        @TearDown
        public void end() throws IOException {
            Files.deleteIfExists(path);
            Files.deleteIfExists(folder);
        }
    }

    /// Opens it with every option at its default.
    ///
    /// @param state the file
    /// @return what stands first
    @Benchmark
    public long patinox(SmallFile state) {
        try (MappedFile<Trade> file = MappedFile.builder(state.path, Trade.class).openReadOnly()) {
            return file.get(0).id();
        }
    }

    /// Opens it for one thread.
    ///
    /// @param state the file
    /// @return what stands first
    @Benchmark
    public long patinoxConfined(SmallFile state) {
        try (MappedFile<Trade> file =
                MappedFile.builder(state.path, Trade.class).confined().openReadOnly()) {
            return file.get(0).id();
        }
    }

    /// Reads as many bytes as a header has and maps the rest, in a shared arena.
    ///
    /// @param state the file
    /// @return what stands first
    /// @throws IOException if that fails
    @Benchmark
    public long segment(SmallFile state) throws IOException {
        try (FileChannel channel = FileChannel.open(state.path, StandardOpenOption.READ);
                Arena arena = Arena.ofShared()) {
            ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
            channel.read(header, 0);
            MemorySegment segment =
                    channel.map(
                            MapMode.READ_ONLY, HEADER_BYTES, channel.size() - HEADER_BYTES, arena);
            return segment.get(java.lang.foreign.ValueLayout.JAVA_LONG, 0);
        }
    }

    /// Maps it by Chronicle Bytes.
    ///
    /// @param state the file
    /// @return what stands first
    /// @throws IOException if that fails
    @Benchmark
    public long chronicle(SmallFile state) throws IOException {
        MappedBytes bytes =
                MappedBytes.singleMappedBytes(
                        state.path.toFile(), state.path.toFile().length(), true);
        try {
            return bytes.readLong(HEADER_BYTES);
        } finally {
            bytes.releaseLast();
        }
    }

    /// Maps it by Agrona.
    ///
    /// @param state the file
    /// @return what stands first
    @Benchmark
    public long agrona(SmallFile state) {
        MappedByteBuffer buffer =
                IoUtil.mapExistingFile(state.path.toFile(), MapMode.READ_ONLY, "small");
        try {
            return buffer.getLong(HEADER_BYTES);
        } finally {
            IoUtil.unmap(buffer);
        }
    }
}
