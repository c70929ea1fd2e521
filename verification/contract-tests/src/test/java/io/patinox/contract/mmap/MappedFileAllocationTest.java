package io.patinox.contract.mmap;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.patinox.memory.mmap.MappedFile;
import io.patinox.memory.mmap.MappedSlice;
import io.patinox.memory.mmap.MutableMappedFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Elements that do not leave the loop that reads them are no objects, however many types are in
/// use.
class MappedFileAllocationTest {

    /// Twenty-four bytes.
    public record Trade(long id, int quantity, int flags, double price) {}

    /// A record in a record.
    public record Point(int x, short y) {}

    /// Two of them.
    public record Place(byte id, Point from, Point to) {}

    /// Others.
    public record Reading(float value, long at) {}

    private static final int COUNT = 10_000;
    private static final int ROUNDS = 5_000;

    @TempDir Path folder;

    private <T> MutableMappedFile<T> file(Class<T> type) {
        return MappedFile.builder(folder.resolve(type.getSimpleName()), type)
                .forceOnClose(false)
                .create(COUNT);
    }

    @Test
    void get_threeTypesAreHot_allocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (MutableMappedFile<Trade> trades = file(Trade.class);
                MutableMappedFile<Place> places = file(Place.class);
                MutableMappedFile<Reading> readings = file(Reading.class)) {
            trades.write(slice -> slice.fill(new Trade(1, 2, 3, 4)));
            Point from = new Point(6, (short) 7);
            Point to = new Point(0, (short) 1);
            places.write(slice -> slice.fill(new Place((byte) 5, from, to)));
            readings.write(slice -> slice.fill(new Reading(8, 9)));
            long least = Long.MAX_VALUE;
            for (int round = 0; round < ROUNDS && least > COUNT; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                long sum = trades.<Long, RuntimeException>read(MappedFileAllocationTest::trades);
                sum += places.<Long, RuntimeException>read(MappedFileAllocationTest::places);
                sum += readings.<Long, RuntimeException>read(MappedFileAllocationTest::readings);
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
                assertThat(sum).isEqualTo(COUNT * (1L + 2 + 3 + 5 + 6 + 1 + 9));
            }
            assertThat(least).as("bytes for 30,000 elements").isLessThan(COUNT);
        }
    }

    private static long trades(MappedSlice<Trade> slice) {
        long sum = 0;
        for (long i = 0; i < slice.count(); i++) {
            Trade trade = slice.get(i);
            sum += trade.id() + trade.quantity() + trade.flags();
        }
        return sum;
    }

    private static long places(MappedSlice<Place> slice) {
        long sum = 0;
        for (long i = 0; i < slice.count(); i++) {
            Place place = slice.get(i);
            sum += place.id() + place.from().x() + place.to().y();
        }
        return sum;
    }

    private static long readings(MappedSlice<Reading> slice) {
        long sum = 0;
        for (long i = 0; i < slice.count(); i++) {
            sum += slice.get(i).at();
        }
        return sum;
    }
}
