package io.patinox.memory.mmap.internal.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.error.MappingClosedException;
import io.patinox.memory.error.MappingLayoutException;
import io.patinox.memory.error.MappingValueException;
import io.patinox.memory.mmap.DoubleColumn;
import io.patinox.memory.mmap.LongColumn;
import io.patinox.memory.mmap.MutableDoubleColumn;
import io.patinox.memory.mmap.MutableLongColumn;
import io.patinox.memory.mmap.MutableMappedSlice;
import io.patinox.memory.mmap.internal.layout.Samples.Mixed;
import io.patinox.memory.mmap.internal.layout.Samples.Numbers;
import io.patinox.memory.mmap.internal.layout.Samples.One;
import io.patinox.memory.mmap.internal.layout.Samples.Place;
import io.patinox.memory.mmap.internal.layout.Samples.Trade;
import io.patinox.memory.mmap.internal.layout.Samples.Wide;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnCompilerTest {
    private static final int COUNT = 500;

    private final Arena arena = Arena.ofShared();
    private final Body body = new Body("f", null);

    @AfterEach
    void close() {
        arena.close();
    }

    private <T> MutableMappedSlice<T> slice(Parts.Typed<T> typed, long count) {
        return typed.writer().slice(memory(typed, count), count, body);
    }

    private MemorySegment memory(Parts.Typed<?> typed, long count) {
        return arena.allocate(count * typed.layout().strideBytes() + 8, 8);
    }

    private static Numbers numbers(Random random) {
        return new Numbers(
                (byte) random.nextInt(),
                (short) random.nextInt(),
                (char) random.nextInt(),
                random.nextInt(),
                random.nextLong(),
                random.nextFloat() - 0.5f,
                random.nextDouble() - 0.5);
    }

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void columns_anyNumbers_areThoseOfTheRecords(boolean big, boolean packed) {
        ByteOrder order = big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        MutableMappedSlice<Numbers> slice = slice(Parts.of(Numbers.class, order, packed), COUNT);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Numbers[] model = new Numbers[COUNT];
        Arrays.setAll(model, _ -> numbers(random));
        slice.copyFrom(model);
        String hint = "seed " + seed;
        whole(hint, slice, model, "tiny", Numbers::tiny);
        whole(hint, slice, model, "small", Numbers::small);
        whole(hint, slice, model, "unit", Numbers::unit);
        whole(hint, slice, model, "whole", Numbers::whole);
        whole(hint, slice, model, "large", Numbers::large);
        fractions(hint, slice, model, "near", Numbers::near);
        fractions(hint, slice, model, "far", Numbers::far);
    }

    private static void whole(
            String hint,
            MutableMappedSlice<Numbers> slice,
            Numbers[] model,
            String name,
            ToLongFunction<Numbers> of) {
        long[] expected = Arrays.stream(model).mapToLong(of).toArray();
        MutableLongColumn column = slice.longColumn(name);
        assertThat(column.count()).isEqualTo(COUNT);
        assertThat(column.sum()).as(hint).isEqualTo(LongStream.of(expected).sum());
        assertThat(slice.sumLong(name)).isEqualTo(column.sum());
        assertThat(column.min()).as(hint).isEqualTo(LongStream.of(expected).min().orElseThrow());
        assertThat(column.max()).as(hint).isEqualTo(LongStream.of(expected).max().orElseThrow());
        long[] copy = new long[COUNT + 1];
        assertThat(column.copyTo(copy)).isEqualTo(COUNT);
        assertThat(Arrays.copyOf(copy, COUNT)).as(hint).isEqualTo(expected);
        assertThat(column.copyTo(new long[3])).isEqualTo(3);
        for (int i = 0; i < COUNT; i++) {
            assertThat(column.get(i)).as(hint).isEqualTo(expected[i]);
            column.set(i, expected[COUNT - 1 - i]);
        }
        assertThat(column.get(0)).as(hint).isEqualTo(expected[COUNT - 1]);
        Arrays.sort(expected);
        for (int i = 0; i < COUNT; i++) {
            column.set(i, expected[i]);
        }
        for (long key :
                LongStream.concat(LongStream.of(expected), LongStream.of(-3, 500)).toArray()) {
            assertThat(slice.binarySearch(name, key))
                    .as(hint)
                    .satisfies(found -> search(found, Arrays.binarySearch(expected, key)));
            long found = column.binarySearch(key);
            assertThat(found < 0 || column.get(found) == key).as(hint).isTrue();
        }
    }

    private static void search(long found, long expected) {
        if (expected < 0) {
            assertThat(found).isEqualTo(expected);
        } else {
            assertThat(found).isNotNegative();
        }
    }

    private static void fractions(
            String hint,
            MutableMappedSlice<Numbers> slice,
            Numbers[] model,
            String name,
            ToDoubleFunction<Numbers> of) {
        double[] expected = Arrays.stream(model).mapToDouble(of).toArray();
        double sum = 0;
        for (double one : expected) {
            sum += one;
        }
        MutableDoubleColumn column = slice.doubleColumn(name);
        assertThat(column.count()).isEqualTo(COUNT);
        assertThat(column.sum()).as(hint).isEqualTo(sum);
        assertThat(slice.sumDouble(name)).isEqualTo(sum);
        assertThat(column.min()).as(hint).isEqualTo(DoubleStream.of(expected).min().orElseThrow());
        assertThat(column.max()).as(hint).isEqualTo(DoubleStream.of(expected).max().orElseThrow());
        double[] copy = new double[COUNT + 1];
        assertThat(column.copyTo(copy)).isEqualTo(COUNT);
        assertThat(Arrays.copyOf(copy, COUNT)).as(hint).isEqualTo(expected);
        Arrays.sort(expected);
        for (int i = 0; i < COUNT; i++) {
            column.set(i, expected[i]);
            assertThat(column.get(i)).as(hint).isEqualTo(expected[i]);
        }
        for (double key : expected) {
            assertThat(column.get(column.binarySearch(key))).as(hint).isEqualTo(key);
        }
        assertThat(column.binarySearch(-100)).isEqualTo(-1);
        assertThat(column.binarySearch(100)).isEqualTo(-COUNT - 1);
    }

    @Test
    void columns_ofNothing_haveTheirNeutralResults() {
        MutableMappedSlice<Trade> slice = slice(Parts.of(Trade.class), 0);
        LongColumn ids = slice.longColumn("id");
        assertThat(ids.sum()).isZero();
        assertThat(ids.min()).isEqualTo(Long.MAX_VALUE);
        assertThat(ids.max()).isEqualTo(Long.MIN_VALUE);
        assertThat(ids.binarySearch(3)).isEqualTo(-1);
        DoubleColumn prices = slice.doubleColumn("price");
        assertThat(prices.sum()).isZero();
        assertThat(prices.min()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(prices.max()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(prices.binarySearch(3)).isEqualTo(-1);
    }

    @Test
    void doubles_oddNumbers_areOrderedAsByCompare() {
        MutableMappedSlice<Wide> slice = slice(Parts.of(Wide.class), 3);
        MutableDoubleColumn column = slice.doubleColumn("b");
        column.set(0, 0.0);
        column.set(1, Double.NaN);
        column.set(2, -0.0);
        assertThat(column.min()).isEqualTo(-0.0);
        assertThat(1 / column.min()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(column.max()).isNaN();
        slice.fill(new Wide(0, Double.NaN));
        assertThat(column.min()).isNaN();
    }

    @Test
    void column_ofANestedRecord_isFoundByItsPath() {
        MutableMappedSlice<Place> slice = slice(Parts.of(Place.class), 2);
        slice.longColumn("other.y").set(1, -7);
        assertThat(slice.sumLong("other.y")).isEqualTo(-7);
        assertThat(slice.sumLong("point.y")).isZero();
    }

    @Test
    void column_noSuchOne_isRefusedWithTheRightOnes() {
        MutableMappedSlice<Mixed> mixed = slice(Parts.of(Mixed.class), 1);
        assertThatThrownBy(() -> mixed.longColumn("nothing"))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("column")
                .hasMessageContaining("one of point.x, point.y, id");
        assertThatThrownBy(() -> mixed.longColumn("codes"))
                .isInstanceOf(InvalidOptionException.class);
        assertThatThrownBy(() -> mixed.doubleColumn("id"))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("none");
        assertThatThrownBy(() -> mixed.longColumn(null)).isInstanceOf(InvalidOptionException.class);
        LongColumn column = mixed.longColumn("id");
        assertThatThrownBy(() -> column.copyTo(null)).isInstanceOf(InvalidOptionException.class);
    }

    @Test
    void set_numberDoesNotFit_isRefused() {
        MutableMappedSlice<Numbers> slice = slice(Parts.of(Numbers.class), 2);
        refused(slice.longColumn("tiny"), 128, -129);
        refused(slice.longColumn("small"), 32_768, -32_769);
        refused(slice.longColumn("unit"), 65_536, -1);
        refused(slice.longColumn("whole"), 1L << 31, Long.MIN_VALUE);
        MutableLongColumn whole = slice.longColumn("whole");
        assertThatThrownBy(() -> whole.setVolatile(0, 1L << 31))
                .isInstanceOf(MappingValueException.class);
        assertThatThrownBy(() -> whole.setRelease(0, 1L << 31))
                .isInstanceOf(MappingValueException.class);
        assertThatThrownBy(() -> whole.getAndAdd(0, 1L << 31))
                .isInstanceOf(MappingValueException.class);
        assertThatThrownBy(() -> whole.compareAndSet(0, 0, 1L << 31))
                .isInstanceOf(MappingValueException.class);
        assertThat(whole.compareAndSet(0, 1L << 32, 1)).isFalse();
        slice.doubleColumn("near").set(0, 0.1);
        assertThat(slice.get(0).near()).isEqualTo(0.1f);
    }

    private static void refused(MutableLongColumn column, long... values) {
        for (long value : values) {
            assertThatThrownBy(() -> column.set(1, value))
                    .isInstanceOfSatisfying(
                            MappingValueException.class, e -> assertThat(e.index()).isEqualTo(1));
            assertThat(column.get(1)).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"false, id", "true, id", "false, quantity", "true, quantity"})
    void atomics_intOrLong_doWhatTheirNamesSay(boolean big, String name) {
        ByteOrder order = big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        MutableMappedSlice<Trade> slice = slice(Parts.of(Trade.class, order, false), 3);
        MutableLongColumn column = slice.longColumn(name);
        column.setVolatile(1, 5);
        assertThat(column.getAndAdd(1, -7)).isEqualTo(5);
        assertThat(column.getVolatile(1)).isEqualTo(-2);
        assertThat(column.compareAndSet(1, 5, 1)).isFalse();
        assertThat(column.compareAndSet(1, -2, 1)).isTrue();
        assertThat(column.get(1)).isEqualTo(1);
        column.setRelease(1, 9);
        assertThat(slice.sumLong(name)).isEqualTo(9);
        assertThatThrownBy(() -> column.getVolatile(3))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> column.getAndAdd(-1, 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> column.get(1L << 61))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> column.set(3, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void atomics_twoThreads_loseNothing() throws InterruptedException {
        MutableMappedSlice<Trade> slice = slice(Parts.of(Trade.class), 2);
        Runnable work =
                () -> {
                    MutableLongColumn ids = slice.longColumn("id");
                    MutableLongColumn quantities = slice.longColumn("quantity");
                    for (int i = 0; i < 50_000; i++) {
                        ids.getAndAdd(1, 1);
                        long found = quantities.getVolatile(1);
                        while (!quantities.compareAndSet(1, found, found + 1)) {
                            found = quantities.getVolatile(1);
                        }
                    }
                };
        Thread other = new Thread(work);
        other.start();
        work.run();
        other.join();
        assertThat(slice.get(1)).isEqualTo(new Trade(100_000, 100_000, 0, 0));
    }

    @Test
    void atomics_narrowOrPacked_areRefused() {
        MutableLongColumn narrow = slice(Parts.of(One.class), 1).longColumn("value");
        assertThatThrownBy(() -> narrow.getVolatile(0))
                .isInstanceOf(MappingLayoutException.class)
                .hasMessageContaining("int or a long");
        MutableLongColumn packed =
                slice(Parts.of(Trade.class, ByteOrder.LITTLE_ENDIAN, true), 1).longColumn("id");
        packed.set(0, 3);
        assertThat(packed.get(0)).isEqualTo(3);
        assertThatThrownBy(() -> packed.setVolatile(0, 1))
                .isInstanceOf(MappingLayoutException.class)
                .hasMessageContaining("packed");
    }

    @Test
    void columns_bodyHasEnded_areRefused() {
        MutableMappedSlice<Trade> slice = slice(Parts.of(Trade.class), 3);
        MutableLongColumn ids = slice.longColumn("id");
        MutableDoubleColumn prices = slice.doubleColumn("price");
        body.end();
        org.assertj.core.api.ThrowableAssert.ThrowingCallable[] uses = {
            () -> ids.get(0),
            () -> ids.set(0, 1),
            ids::count,
            ids::sum,
            ids::min,
            ids::max,
            () -> ids.copyTo(new long[1]),
            () -> ids.binarySearch(1),
            () -> ids.getVolatile(0),
            () -> ids.setVolatile(0, 1),
            () -> ids.setRelease(0, 1),
            () -> ids.getAndAdd(0, 1),
            () -> ids.compareAndSet(0, 0, 1),
            () -> prices.get(0),
            () -> prices.set(0, 1),
            prices::count,
            prices::sum,
            prices::min,
            prices::max,
            () -> prices.copyTo(new double[1]),
            () -> prices.binarySearch(1)
        };
        for (var use : uses) {
            assertThatThrownBy(use).isInstanceOf(MappingClosedException.class);
        }
    }

    @Test
    void columns_ofAPart_areOfThatPart() {
        MutableMappedSlice<Trade> slice = slice(Parts.of(Trade.class), 4);
        slice.slice(1, 2).longColumn("id").set(1, 8);
        assertThat(slice.get(2).id()).isEqualTo(8);
        assertThat(slice.slice(2, 1).longColumn("id").max()).isEqualTo(8);
        assertThat(slice.longColumn("id").getClass())
                .isSameAs(slice.slice(1, 1).longColumn("id").getClass());
    }
}
