package io.patinox.benchmarks.mmap;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// A file that is read and written from beginning to end through a buffer.
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init")
public class StreamStructs extends Structs {
    private Path path;

    /// As JMH wants it.
    public StreamStructs() {}

    @Override
    protected void open(Path file) {
        path = file;
    }

    @Override
    protected void close() {}

    @Override
    public double sum() throws IOException {
        long whole = 0;
        double price = 0;
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(path)))) {
            for (long i = 0; i < count; i++) {
                whole += in.readLong() + in.readInt() + in.readInt();
                price += in.readDouble();
            }
        }
        return whole + price;
    }

    @Override
    public int write() throws IOException {
        int now = ++round;
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(path)))) {
            for (long i = 0; i < count; i++) {
                out.writeLong(Trade.id(i, now));
                out.writeInt(Trade.quantity(i));
                out.writeInt(Trade.flags(now));
                out.writeDouble(Trade.price(i));
            }
        }
        return now;
    }
}
