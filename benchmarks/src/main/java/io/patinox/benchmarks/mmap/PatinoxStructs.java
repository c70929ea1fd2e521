package io.patinox.benchmarks.mmap;

import io.patinox.memory.mmap.MappedFile;
import io.patinox.memory.mmap.MutableMappedFile;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Ours: a mapped file of records, every option at its default.
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init")
public class PatinoxStructs extends Structs {
    private MutableMappedFile<Trade> file;

    /// As JMH wants it.
    public PatinoxStructs() {}

    @Override
    protected void open(Path path) {
        file = MappedFile.builder(path, Trade.class).create(count);
    }

    @Override
    protected void close() {
        file.close();
    }

    @Override
    public double sum() {
        return file.read(slice -> {
            long whole = 0;
            double price = 0;
            for (long i = 0; i < slice.count(); i++) {
                Trade trade = slice.get(i);
                whole += trade.id() + trade.quantity() + trade.flags();
                price += trade.price();
            }
            return whole + price;
        });
    }

    /// Adds up by a function for each element.
    ///
    /// @return the sum
    public double sumForEach() {
        return file.read(slice -> {
            Total total = new Total();
            slice.forEach(total::add);
            return total.whole + total.price;
        });
    }

    private static final class Total {
        private long whole;
        private double price;

        private void add(Trade trade) {
            whole += trade.id() + trade.quantity() + trade.flags();
            price += trade.price();
        }
    }

    /// Adds one component up.
    ///
    /// @return the sum
    public long sumColumn() {
        return file.<Long, RuntimeException>read(slice -> slice.sumLong("quantity"));
    }

    @Override
    public double randomSum() {
        return file.read(slice -> {
            long elements = slice.count();
            long random = seed;
            long whole = 0;
            double price = 0;
            for (int n = 0; n < Scale.ACCESSES; n++) {
                random = next(random);
                Trade trade = slice.get(index(random, elements));
                whole += trade.id() + trade.quantity() + trade.flags();
                price += trade.price();
            }
            seed = random;
            return whole + price;
        });
    }

    @Override
    public int write() {
        int now = ++round;
        file.write(slice -> {
            for (long i = 0; i < slice.count(); i++) {
                slice.set(i, Trade.of(i, now));
            }
        });
        return now;
    }

    @Override
    public long randomWrite() {
        int now = ++round;
        return file.<Long, RuntimeException>compute(slice -> {
            long elements = slice.count();
            long random = seed;
            long last = 0;
            for (int n = 0; n < Scale.ACCESSES; n++) {
                random = next(random);
                last = index(random, elements);
                slice.set(last, Trade.of(last, now));
            }
            seed = random;
            return last;
        });
    }
}
