package io.patinox.benchmarks.mmap;

import java.nio.file.Path;
import net.openhft.chronicle.bytes.MappedBytes;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Chronicle Bytes, in one mapping.
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init")
public class ChronicleStructs extends Structs {
    private MappedBytes bytes;

    /// As JMH wants it.
    public ChronicleStructs() {}

    @Override
    protected void open(Path path) throws Exception {
        bytes = MappedBytes.singleMappedBytes(path.toFile(), count * Trade.BYTES);
    }

    @Override
    protected void close() {
        bytes.releaseLast();
    }

    @Override
    public double sum() {
        MappedBytes all = bytes;
        long end = count * Trade.BYTES;
        long whole = 0;
        double price = 0;
        for (long at = 0; at < end; at += Trade.BYTES) {
            whole +=
                    all.readLong(at)
                            + all.readInt(at + Trade.QUANTITY_AT)
                            + all.readInt(at + Trade.FLAGS_AT);
            price += all.readDouble(at + Trade.PRICE_AT);
        }
        return whole + price;
    }

    @Override
    public double randomSum() {
        MappedBytes all = bytes;
        long elements = count;
        long random = seed;
        long whole = 0;
        double price = 0;
        for (int n = 0; n < Scale.ACCESSES; n++) {
            random = next(random);
            long at = index(random, elements) * Trade.BYTES;
            whole +=
                    all.readLong(at)
                            + all.readInt(at + Trade.QUANTITY_AT)
                            + all.readInt(at + Trade.FLAGS_AT);
            price += all.readDouble(at + Trade.PRICE_AT);
        }
        seed = random;
        return whole + price;
    }

    @Override
    public int write() {
        MappedBytes all = bytes;
        long elements = count;
        int now = ++round;
        for (long i = 0; i < elements; i++) {
            put(all, i, now);
        }
        return now;
    }

    @Override
    public long randomWrite() {
        MappedBytes all = bytes;
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

    private static void put(MappedBytes all, long index, int round) {
        long at = index * Trade.BYTES;
        all.writeLong(at, Trade.id(index, round));
        all.writeInt(at + Trade.QUANTITY_AT, Trade.quantity(index));
        all.writeInt(at + Trade.FLAGS_AT, Trade.flags(round));
        all.writeDouble(at + Trade.PRICE_AT, Trade.price(index));
    }
}
