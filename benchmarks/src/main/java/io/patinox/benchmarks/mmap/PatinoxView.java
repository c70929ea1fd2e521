package io.patinox.benchmarks.mmap;

import io.patinox.memory.mmap.MappedFile;
import io.patinox.memory.mmap.MutableMappedFile;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Ours, read through an interface.
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init")
public class PatinoxView extends Structs {
    private MutableMappedFile<Trade> written;
    private MappedFile<TradeView> file;

    /// As JMH wants it.
    public PatinoxView() {}

    @Override
    protected void open(Path path) {
        written = MappedFile.builder(path, Trade.class).create(count);
    }

    @Override
    protected void reopen(Path path) {
        written.close();
        file = MappedFile.builder(path, TradeView.class).openReadOnly();
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
                TradeView trade = slice.get(i);
                whole += trade.id() + trade.quantity() + trade.flags();
                price += trade.price();
            }
            return whole + price;
        });
    }

    @Override
    public int write() {
        int now = ++round;
        written.write(slice -> {
            for (long i = 0; i < slice.count(); i++) {
                slice.set(i, Trade.of(i, now));
            }
        });
        return now;
    }
}
