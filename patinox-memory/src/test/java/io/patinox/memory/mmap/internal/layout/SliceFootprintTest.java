package io.patinox.memory.mmap.internal.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.internal.Allocation;
import io.patinox.memory.mmap.MappedSlice;
import io.patinox.memory.mmap.MutableMappedSlice;
import io.patinox.memory.mmap.internal.layout.Samples.Numbers;
import io.patinox.memory.mmap.internal.layout.Samples.Place;
import io.patinox.memory.mmap.internal.layout.Samples.Point;
import io.patinox.memory.mmap.internal.layout.Samples.Trade;
import java.lang.foreign.Arena;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What slices leave behind: no elements, and no classes when their type is gone.
class SliceFootprintTest {
    private final Arena arena = Arena.ofShared();

    @AfterEach
    void close() {
        arena.close();
    }

    private <T> MutableMappedSlice<T> slice(Parts.Typed<T> typed, long count) {
        long bytes = count * typed.layout().strideBytes() + 8;
        return typed.writer().slice(arena.allocate(bytes, 8), count, new Body("f", null));
    }

    private static Trade trade(long id) {
        return new Trade(id, (int) id * 3, (int) -id, id / 2.0);
    }

    private MutableMappedSlice<Trade> trades(int count) {
        MutableMappedSlice<Trade> slice = slice(Parts.of(Trade.class), count);
        for (int i = 0; i < count; i++) {
            slice.set(i, trade(i));
        }
        return slice;
    }

    @Test
    void classes_factoryIsForgotten_areUnloaded() {
        List<WeakReference<Class<?>>> classes = new ArrayList<>();
        MutableMappedSlice<Trade> slice = slice(Parts.of(Trade.class), 2);
        slice.set(1, trade(1));
        classes.add(new WeakReference<>(slice.getClass()));
        classes.add(new WeakReference<>(slice.iterator().getClass()));
        classes.add(new WeakReference<>(slice.longColumn("id").getClass()));
        slice = null;
        for (int i = 0; i < 50 && classes.stream().anyMatch(one -> one.get() != null); i++) {
            System.gc();
        }
        assertThat(classes).allMatch(one -> one.get() == null);
    }

    @Test
    void get_threeTypesAreHot_allocatesNothing() {
        MutableMappedSlice<Trade> trades = trades(10_000);
        MutableMappedSlice<Numbers> numbers = slice(Parts.of(Numbers.class), 10_000);
        MutableMappedSlice<Place> places = slice(Parts.of(Place.class), 10_000);
        Point point = new Point(1, (short) 2);
        places.fill(new Place((byte) 1, point, point, 3));
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 2_000 && least > 10_000; round++) {
            long before = Allocation.current();
            long sum = sumTrades(trades) + sumNumbers(numbers) + sumPlaces(places);
            least = Math.min(least, Allocation.current() - before);
            assertThat(sum).isEqualTo(10_000L * 9_999 / 2 + 10_000 * (1 + 2 + 3));
        }
        assertThat(least).as("bytes for 30,000 elements").isLessThan(10_000);
    }

    private static long sumTrades(MappedSlice<Trade> slice) {
        long sum = 0;
        for (long i = 0; i < slice.count(); i++) {
            sum += slice.get(i).id();
        }
        return sum;
    }

    private static long sumNumbers(MappedSlice<Numbers> slice) {
        long sum = 0;
        for (Numbers each : slice) {
            sum += each.large() + each.unit();
        }
        return sum;
    }

    private static long sumPlaces(MappedSlice<Place> slice) {
        long sum = 0;
        for (int i = 0; i < slice.count(); i++) {
            Place place = slice.get(i);
            sum += place.point().x() + place.other().y() + place.id();
        }
        return sum;
    }
}
