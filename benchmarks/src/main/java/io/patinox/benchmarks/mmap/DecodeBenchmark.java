package io.patinox.benchmarks.mmap;

import io.patinox.memory.mmap.MappedFile;
import io.patinox.memory.mmap.MutableMappedFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// Reads records with a text and a record in them, from the first to the last: one method an
/// implementation.
public class DecodeBenchmark {
    private static final int ELEMENTS = 100_000;

    /// Both read the same file.
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init")
    public static class Quotes {
        private Path folder;
        private Path path;
        private MappedFile<Quote> file;
        private Arena arena;
        private MemorySegment segment;

        /// Makes and opens it.
        ///
        /// @throws IOException if that fails
        @Setup
        @SuppressWarnings("MustBeClosed") // by end
        public void begin() throws IOException {
            Neighbours.heat();
            folder = Files.createTempDirectory("patinox-mmap");
            path = folder.resolve("quotes");
            long headerBytes;
            try (MutableMappedFile<Quote> quotes =
                    MappedFile.builder(path, Quote.class).create(ELEMENTS)) {
                quotes.write(slice -> {
                    for (long i = 0; i < slice.count(); i++) {
                        slice.set(i, Quote.of(i));
                    }
                });
                headerBytes = Files.size(path) - quotes.capacity() * Quote.BYTES;
            }
            file = MappedFile.builder(path, Quote.class).openReadOnly();
            arena = Arena.ofShared();
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                segment =
                        channel.map(
                                MapMode.READ_ONLY,
                                headerBytes,
                                (long) ELEMENTS * Quote.BYTES,
                                arena);
            }
        }

        /// Closes and deletes it.
        ///
        /// @throws IOException if that fails
        @TearDown
        public void end() throws IOException {
            file.close();
            arena.close();
            Files.deleteIfExists(path);
            Files.deleteIfExists(folder);
        }
    }

    /// Reads our file.
    ///
    /// @param state the file
    /// @return something of all
    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public double patinox(Quotes state) {
        return state.file.read(slice -> {
            double sum = 0;
            for (long i = 0; i < slice.count(); i++) {
                Quote quote = slice.get(i);
                sum += quote.symbol().length() + quote.spread().ask() - quote.spread().bid();
                sum += quote.at();
            }
            return sum;
        });
    }

    /// Reads the same by hand.
    ///
    /// @param state the file
    /// @return something of all
    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public double segment(Quotes state) {
        MemorySegment all = state.segment;
        double sum = 0;
        for (long at = 0; at < all.byteSize(); at += Quote.BYTES) {
            byte[] text = new byte[all.get(ValueLayout.JAVA_SHORT, at)];
            MemorySegment.copy(
                    all, ValueLayout.JAVA_BYTE, at + Quote.TEXT_AT, text, 0, text.length);
            Quote quote =
                    new Quote(
                            new String(text, StandardCharsets.UTF_8),
                            new Quote.Spread(
                                    all.get(ValueLayout.JAVA_DOUBLE, at + Quote.BID_AT),
                                    all.get(ValueLayout.JAVA_DOUBLE, at + Quote.ASK_AT)),
                            all.get(ValueLayout.JAVA_LONG, at + Quote.TIME_AT));
            sum += quote.symbol().length() + quote.spread().ask() - quote.spread().bid();
            sum += quote.at();
        }
        return sum;
    }
}
