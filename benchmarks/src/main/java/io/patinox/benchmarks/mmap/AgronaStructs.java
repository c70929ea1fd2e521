package io.patinox.benchmarks.mmap;

import java.nio.MappedByteBuffer;
import java.nio.file.Path;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Agrona's buffer over a mapped file; its checks of bounds are on, as by default.
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init")
public class AgronaStructs extends Structs {
    private MappedByteBuffer mapped;
    private UnsafeBuffer buffer;

    /// As JMH wants it.
    public AgronaStructs() {}

    @Override
    protected void open(Path path) {
        mapped = IoUtil.mapNewFile(path.toFile(), count * Trade.BYTES);
        buffer = new UnsafeBuffer(mapped);
    }

    @Override
    protected void close() {
        IoUtil.unmap(mapped);
    }

    @Override
    public double sum() {
        UnsafeBuffer all = buffer;
        int end = all.capacity();
        long whole = 0;
        double price = 0;
        for (int at = 0; at < end; at += Trade.BYTES) {
            whole +=
                    all.getLong(at)
                            + all.getInt(at + Trade.QUANTITY_AT)
                            + all.getInt(at + Trade.FLAGS_AT);
            price += all.getDouble(at + Trade.PRICE_AT);
        }
        return whole + price;
    }

    @Override
    public double randomSum() {
        UnsafeBuffer all = buffer;
        long elements = count;
        long random = seed;
        long whole = 0;
        double price = 0;
        for (int n = 0; n < Scale.ACCESSES; n++) {
            random = next(random);
            int at = (int) index(random, elements) * Trade.BYTES;
            whole +=
                    all.getLong(at)
                            + all.getInt(at + Trade.QUANTITY_AT)
                            + all.getInt(at + Trade.FLAGS_AT);
            price += all.getDouble(at + Trade.PRICE_AT);
        }
        seed = random;
        return whole + price;
    }

    @Override
    public int write() {
        UnsafeBuffer all = buffer;
        long elements = count;
        int now = ++round;
        for (int i = 0; i < elements; i++) {
            put(all, i, now);
        }
        return now;
    }

    @Override
    public long randomWrite() {
        UnsafeBuffer all = buffer;
        long elements = count;
        long random = seed;
        int now = ++round;
        long last = 0;
        for (int n = 0; n < Scale.ACCESSES; n++) {
            random = next(random);
            last = index(random, elements);
            put(all, (int) last, now);
        }
        seed = random;
        return last;
    }

    private static void put(UnsafeBuffer all, int index, int round) {
        int at = index * Trade.BYTES;
        all.putLong(at, Trade.id(index, round));
        all.putInt(at + Trade.QUANTITY_AT, Trade.quantity(index));
        all.putInt(at + Trade.FLAGS_AT, Trade.flags(round));
        all.putDouble(at + Trade.PRICE_AT, Trade.price(index));
    }
}
