package io.patinox.memory.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.error.MappingClosedException;
import io.patinox.memory.error.MappingFaultException;
import io.patinox.memory.mmap.FileInspection;
import io.patinox.memory.mmap.LongColumn;
import io.patinox.memory.mmap.MappedFile;
import io.patinox.memory.mmap.MappedFileHeader;
import io.patinox.memory.mmap.MappedSlice;
import io.patinox.memory.mmap.MutableMappedFile;
import io.patinox.memory.mmap.WritableMappedFile;
import io.patinox.memory.monitor.Monitor;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the documentation shows of mapped files: first steps, bodies, sizes.
class MappingExamples {

    // @start region="record"
    /// What stands in the file: 24 bytes each.
    record Trade(long id, int quantity, double price) {}

    // @end

    @TempDir Path folder;
    Path path;

    @BeforeEach
    void writeTrades() {
        path = folder.resolve("trades.map");
        try (MutableMappedFile<Trade> trades = MappedFile.builder(path, Trade.class).create(0)) {
            trades.appendAll(
                    List.of(new Trade(1, 100, 9.5), new Trade(2, 200, 9.25), new Trade(5, 50, 10)));
        }
    }

    @Test
    void first() {
        Path path = folder.resolve("new.map");
        // @start region="first"
        try (MutableMappedFile<Trade> trades = MappedFile.builder(path, Trade.class).create(0)) {
            trades.append(new Trade(1, 100, 9.5));
            trades.append(new Trade(2, 200, 9.25));
        }
        try (MappedFile<Trade> trades = MappedFile.builder(path, Trade.class).openReadOnly()) {
            Trade second = trades.get(1);
            long shares = trades.read(slice -> slice.sumLong("quantity"));
            assertThat(second).isEqualTo(new Trade(2, 200, 9.25));
            assertThat(shares).isEqualTo(300);
        }
        // @end
    }

    @Test
    void read() {
        // @start region="read"
        try (MappedFile<Trade> trades = MappedFile.builder(path, Trade.class).openReadOnly()) {
            double turnover =
                    trades.read(slice -> {
                        double sum = 0;
                        for (long i = 0; i < slice.count(); i++) {
                            Trade trade = slice.get(i);
                            sum += trade.quantity() * trade.price();
                        }
                        return sum;
                    });
            assertThat(turnover).isEqualTo(3_300);
        }
        // @end
    }

    @Test
    void slice() {
        try (MappedFile<Trade> trades = MappedFile.builder(path, Trade.class).openReadOnly()) {
            // @start region="slice"
            trades.visit(slice -> {
                Trade first = slice.get(0);
                MappedSlice<Trade> rest = slice.slice(1, slice.count() - 1);
                long large = rest.stream().filter(trade -> trade.quantity() > 60).count();
                long where = slice.binarySearch("id", 5); // a sorted column
                assertThat(first.id() + large + where).isEqualTo(1 + 1 + 2);
            });
            // @end
        }
    }

    @Test
    void columns() {
        try (MappedFile<Trade> trades = MappedFile.builder(path, Trade.class).openReadOnly()) {
            // @start region="columns"
            long[] summary =
                    trades.read(slice -> {
                        LongColumn quantities = slice.longColumn("quantity");
                        return new long[] {quantities.min(), quantities.max(), quantities.sum()};
                    });
            // @end
            assertThat(summary).containsExactly(50, 200, 350);
        }
    }

    @Test
    void ended() {
        try (MappedFile<Trade> trades = MappedFile.builder(path, Trade.class).openReadOnly()) {
            // @start region="ended"
            MappedSlice<Trade> kept = trades.read(slice -> slice);
            assertThatThrownBy(() -> kept.get(0)).isInstanceOf(MappingClosedException.class);
            // @end
        }
    }

    @Test
    void write() {
        // @start region="write"
        try (MutableMappedFile<Trade> trades = MappedFile.builder(path, Trade.class).open()) {
            trades.write(slice -> {
                for (long i = 0; i < slice.count(); i++) {
                    Trade trade = slice.get(i);
                    slice.set(i, new Trade(trade.id(), trade.quantity(), trade.price() * 2));
                }
                slice.longColumn("quantity").set(0, 120); // one component alone
            });
            trades.append(new Trade(7, 10, 11));
            trades.force(); // wait until all of it is on the disk
        }
        // @end
        try (MappedFile<Trade> trades = MappedFile.builder(path, Trade.class).openReadOnly()) {
            assertThat(trades.get(0)).isEqualTo(new Trade(1, 120, 19));
            assertThat(trades.count()).isEqualTo(4);
        }
    }

    @Test
    void build() {
        Path path = folder.resolve("large.map");
        // @start region="build"
        try (MutableMappedFile<Trade> trades =
                MappedFile.builder(path, Trade.class)
                        .name("trades")
                        .checksums(65_536)
                        .monitor(Monitor.logging())
                        .closeTimeout(Duration.ofSeconds(5))
                        .create(1_000)) {
            trades.set(999, new Trade(1, 100, 9.5));
        }
        // @end
        assertThat(path).exists();
    }

    @Test
    void size() {
        Path path = folder.resolve("log.map");
        // @start region="size"
        try (MutableMappedFile<Trade> trades = MappedFile.builder(path, Trade.class).create(0)) {
            trades.reserve(10_000); // room, so that appending does not have to make it
            long index = trades.append(new Trade(1, 100, 9.5));
            trades.appendAll(List.of(new Trade(2, 200, 9.25), new Trade(3, 1, 9)));
            trades.resize(2); // forget the last
            assertThat(index).isZero();
            assertThat(trades.count()).isEqualTo(2);
        }
        // @end
    }

    @Test
    void privately() {
        // @start region="private"
        try (WritableMappedFile<Trade> whatIf =
                MappedFile.builder(path, Trade.class).openPrivate()) {
            whatIf.set(0, new Trade(1, 1_000_000, 9.5));
            long shares = whatIf.read(slice -> slice.sumLong("quantity"));
            assertThat(shares).isEqualTo(1_000_250); // the file has 350
        }
        // @end
        try (MappedFile<Trade> trades = MappedFile.builder(path, Trade.class).openReadOnly()) {
            assertThat(trades.get(0).quantity()).isEqualTo(100);
        }
    }

    // @start region="fault"
    /// Gathers inside, and tells others only when the body has ended well.
    static List<Long> large(MappedFile<Trade> trades, int quantity) {
        try {
            return trades.read(slice -> {
                List<Long> found = new ArrayList<>();
                slice.forEach(trade -> {
                    if (trade.quantity() >= quantity) {
                        found.add(trade.id());
                    }
                });
                return found;
            });
        } catch (MappingFaultException cutOff) {
            return List.of(); // its message says what is mapped, and how long the file is now
        }
    }

    // @end

    @Test
    void fault() throws Exception {
        try (MappedFile<Trade> trades = MappedFile.builder(path, Trade.class).openReadOnly()) {
            assertThat(large(trades, 100)).containsExactly(1L, 2L);
            if (cutOff()) {
                assertThat(large(trades, 100)).isEmpty();
            }
        }
    }

    /// Windows refuses to cut a file that is mapped, so there nobody can.
    private boolean cutOff() throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(4_096);
            return Files.size(path) == 4_096;
        } catch (IOException refused) {
            return false;
        }
    }

    @Test
    void inspect() {
        // @start region="inspect"
        try (FileInspection file = FileInspection.open(path)) {
            MappedFileHeader header = file.header();
            assertThat(header.count()).isEqualTo(3);
            assertThat(header.layout().columns().get(1).path()).isEqualTo("quantity");
            assertThat(file.row(0)).containsExactly(1L, 100, 9.5);
        }
        // @end
    }

    @Test
    void field() {
        try (MappedFile<Trade> trades = MappedFile.builder(path, Trade.class).openReadOnly()) {
            var report = new AtomicReference<Trade>();
            // @start region="one"
            Trade last = trades.get(trades.count() - 1);
            trades.forEach(report::set);
            // @end
            assertThat(last).isEqualTo(report.get()).isEqualTo(new Trade(5, 50, 10));
        }
    }
}
