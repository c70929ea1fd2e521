package io.patinox.benchmarks.mmap;

import java.nio.file.Path;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// An array on the heap, three numbers an element: what nothing in a file can be faster than.
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init")
public class ArrayStructs extends Structs {
    private static final int STRIDE = 3;
    private static final long LOW = 0xFFFF_FFFFL;

    private long[] array;

    /// As JMH wants it.
    public ArrayStructs() {}

    @Override
    protected void open(Path path) {
        array = new long[Math.toIntExact(count * STRIDE)];
    }

    @Override
    protected void close() {}

    @Override
    public double sum() {
        long[] all = array;
        long whole = 0;
        double price = 0;
        for (int i = 0; i < all.length; i += STRIDE) {
            long two = all[i + 1];
            whole += all[i] + (int) two + (int) (two >>> Integer.SIZE);
            price += Double.longBitsToDouble(all[i + 2]);
        }
        return whole + price;
    }

    /// Adds one component up.
    ///
    /// @return the sum
    public long sumColumn() {
        long[] all = array;
        long sum = 0;
        for (int i = 0; i < all.length; i += STRIDE) {
            sum += (int) all[i + 1];
        }
        return sum;
    }

    @Override
    public double randomSum() {
        long[] all = array;
        long elements = count;
        long random = seed;
        long whole = 0;
        double price = 0;
        for (int n = 0; n < Scale.ACCESSES; n++) {
            random = next(random);
            int i = (int) index(random, elements) * STRIDE;
            long two = all[i + 1];
            whole += all[i] + (int) two + (int) (two >>> Integer.SIZE);
            price += Double.longBitsToDouble(all[i + 2]);
        }
        seed = random;
        return whole + price;
    }

    @Override
    public int write() {
        long[] all = array;
        long elements = count;
        int now = ++round;
        for (int i = 0; i < elements; i++) {
            put(all, i, now);
        }
        return now;
    }

    @Override
    public long randomWrite() {
        long[] all = array;
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

    private static void put(long[] all, int index, int round) {
        int at = index * STRIDE;
        all[at] = Trade.id(index, round);
        all[at + 1] = (Trade.quantity(index) & LOW) | ((long) Trade.flags(round) << Integer.SIZE);
        all[at + 2] = Double.doubleToRawLongBits(Trade.price(index));
    }
}
