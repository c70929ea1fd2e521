package io.patinox.benchmarks.mmap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/// An array of trades, kept in some way, as JMH holds it. What it is kept in is in an instance
/// field, and each way has loops of its own, as its user would write them.
public abstract class Structs {
    /// The state of the generator of random numbers.
    protected long seed = 0x9E37_79B9_7F4A_7C15L;

    /// How often all was written.
    protected int round;

    /// How many trades there are.
    protected long count;

    private @Nullable Path folder;

    /// For subclasses.
    protected Structs() {}

    /// Begins as JMH does, with other record types loaded and hot.
    ///
    /// @throws Exception if that fails
    @Setup
    public final void begin() throws Exception {
        Neighbours.heat();
        begin(Scale.here().elements);
    }

    final void begin(long elements) throws Exception {
        count = elements;
        folder = Files.createTempDirectory("patinox-mmap");
        folder.toFile().deleteOnExit();
        Path file = folder.resolve("trades");
        file.toFile().deleteOnExit();
        open(file);
        write();
        reopen(file);
    }

    /// Ends.
    ///
    /// @throws Exception if that fails
    @TearDown
    public final void end() throws Exception {
        close();
        delete();
    }

    private void delete() throws IOException {
        if (folder != null) {
            Files.deleteIfExists(folder.resolve("trades"));
            Files.deleteIfExists(folder);
        }
    }

    /// Makes the file and opens it to be written.
    ///
    /// @param file where
    /// @throws Exception if that fails
    protected abstract void open(Path file) throws Exception;

    /// Opens it for what is measured, if that is otherwise.
    ///
    /// @param file where
    /// @throws Exception if that fails
    protected void reopen(Path file) throws Exception {}

    /// Closes it.
    ///
    /// @throws Exception if that fails
    protected abstract void close() throws Exception;

    /// Adds all components of all elements up.
    ///
    /// @return the sum
    /// @throws Exception if that fails
    public abstract double sum() throws Exception;

    /// Adds all components of elements here and there up.
    ///
    /// @return the sum
    public double randomSum() {
        throw new UnsupportedOperationException("no random access");
    }

    /// Writes all elements.
    ///
    /// @return the round
    /// @throws Exception if that fails
    public abstract int write() throws Exception;

    /// Writes elements here and there.
    ///
    /// @return the last that was written
    public long randomWrite() {
        throw new UnsupportedOperationException("no random access");
    }

    /// Makes the next random number (Marsaglia's xorshift).
    static long next(long seed) {
        long x = seed;
        x ^= x << 13;
        x ^= x >>> 7;
        x ^= x << 17;
        return x;
    }

    /// Makes an index of a random number.
    static long index(long random, long count) {
        return ((random >>> 33) * count) >>> 31;
    }
}
