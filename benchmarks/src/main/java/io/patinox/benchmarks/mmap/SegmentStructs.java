package io.patinox.benchmarks.mmap;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// A mapped segment of the JDK with `VarHandle`s in constants, as its documentation recommends: no
/// header, no check of what is in the file, nothing that catches a fault.
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init")
public class SegmentStructs extends Structs {
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final StructLayout LAYOUT =
            MemoryLayout.structLayout(
                    ValueLayout.JAVA_LONG.withOrder(ORDER).withName("id"),
                    ValueLayout.JAVA_INT.withOrder(ORDER).withName("quantity"),
                    ValueLayout.JAVA_INT.withOrder(ORDER).withName("flags"),
                    ValueLayout.JAVA_DOUBLE.withOrder(ORDER).withName("price"));
    private static final VarHandle ID = handle("id");
    private static final VarHandle QUANTITY = handle("quantity");
    private static final VarHandle FLAGS = handle("flags");
    private static final VarHandle PRICE = handle("price");

    private Arena arena;
    private MemorySegment segment;

    /// As JMH wants it.
    public SegmentStructs() {}

    private static VarHandle handle(String name) {
        return LAYOUT.varHandle(PathElement.groupElement(name)).withInvokeExactBehavior();
    }

    @Override
    @SuppressWarnings("MustBeClosed") // by close
    protected void open(Path path) throws Exception {
        arena = Arena.ofShared();
        try (FileChannel channel =
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            segment = channel.map(MapMode.READ_WRITE, 0, count * Trade.BYTES, arena);
        }
    }

    @Override
    protected void close() {
        arena.close();
    }

    @Override
    public double sum() {
        MemorySegment all = segment;
        long bytes = all.byteSize();
        long whole = 0;
        double price = 0;
        for (long at = 0; at < bytes; at += Trade.BYTES) {
            whole +=
                    (long) ID.get(all, at) + (int) QUANTITY.get(all, at) + (int) FLAGS.get(all, at);
            price += (double) PRICE.get(all, at);
        }
        return whole + price;
    }

    /// Adds one component up.
    ///
    /// @return the sum
    public long sumColumn() {
        MemorySegment all = segment;
        long bytes = all.byteSize();
        long sum = 0;
        for (long at = 0; at < bytes; at += Trade.BYTES) {
            sum += (int) QUANTITY.get(all, at);
        }
        return sum;
    }

    @Override
    public double randomSum() {
        MemorySegment all = segment;
        long elements = count;
        long random = seed;
        long whole = 0;
        double price = 0;
        for (int n = 0; n < Scale.ACCESSES; n++) {
            random = next(random);
            long at = index(random, elements) * Trade.BYTES;
            whole +=
                    (long) ID.get(all, at) + (int) QUANTITY.get(all, at) + (int) FLAGS.get(all, at);
            price += (double) PRICE.get(all, at);
        }
        seed = random;
        return whole + price;
    }

    @Override
    public int write() {
        MemorySegment all = segment;
        long elements = count;
        int now = ++round;
        for (long i = 0; i < elements; i++) {
            put(all, i, now);
        }
        return now;
    }

    @Override
    public long randomWrite() {
        MemorySegment all = segment;
        long elements = count;
        long random = seed;
        int now = ++round;
        long last = 0;
        for (int n = 0; n < Scale.ACCESSES; n++) {
            random = next(random);
            last = index(random, elements);
            put(all, last, now);
        }
        seed = random;
        return last;
    }

    private static void put(MemorySegment all, long index, int round) {
        long at = index * Trade.BYTES;
        ID.set(all, at, Trade.id(index, round));
        QUANTITY.set(all, at, Trade.quantity(index));
        FLAGS.set(all, at, Trade.flags(round));
        PRICE.set(all, at, Trade.price(index));
    }
}
