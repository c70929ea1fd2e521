package io.patinox.faults;

import io.patinox.memory.mmap.MappedSlice;
import io.patinox.memory.mmap.MutableLongColumn;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/// A way to use a mapped file that may meet a fault. Each gives the same number each time, and
/// comes to the last elements.
@SuppressWarnings("ImmutableEnumChecker") // a use has no fields but other functions
enum Access {
    /// Each element by its index.
    GET(
            Use.reads(
                    Tick.class,
                    (slice, trip) -> {
                        long sum = 0;
                        for (long i = 0; i < slice.count(); i++) {
                            trip.at(i);
                            Tick tick = slice.get(i);
                            sum += tick.key() + tick.x() + tick.y() + (long) tick.price();
                        }
                        return sum;
                    })),
    /// Each element by its index, and something is kept of it.
    GET_TO_ARRAY(
            Use.reads(
                    Tick.class,
                    (slice, trip) -> {
                        long[] kept = new long[(int) slice.count()];
                        for (int i = 0; i < kept.length; i++) {
                            trip.at(i);
                            kept[i] = slice.get(i).key();
                        }
                        return kept[kept.length - 1];
                    })),
    /// A long that is made a double, which C2 does as it reads.
    LONG_AS_DOUBLE(
            Use.reads(
                    Tick.class,
                    (slice, trip) -> {
                        double sum = 0;
                        for (long i = 0; i < slice.count(); i++) {
                            trip.at(i);
                            Tick tick = slice.get(i);
                            sum += (double) tick.key();
                        }
                        return (long) sum;
                    })),
    /// The bits of a long, counted as it is read.
    LONG_BITS(
            Use.reads(
                    Tick.class,
                    (slice, trip) -> {
                        long sum = 0;
                        for (long i = 0; i < slice.count(); i++) {
                            trip.at(i);
                            Tick tick = slice.get(i);
                            sum += Long.bitCount(tick.key());
                        }
                        return sum;
                    })),
    /// Bits of a long, picked as it is read.
    LONG_PICKED(
            Use.reads(
                    Tick.class,
                    (slice, trip) -> {
                        long sum = 0;
                        for (long i = 0; i < slice.count(); i++) {
                            trip.at(i);
                            Tick tick = slice.get(i);
                            sum += Long.compress(tick.key(), 0x5555L);
                        }
                        return sum;
                    })),
    /// An int that is made a double.
    INT_AS_DOUBLE(
            Use.reads(
                    Tick.class,
                    (slice, trip) -> {
                        double sum = 0;
                        for (long i = 0; i < slice.count(); i++) {
                            trip.at(i);
                            Tick tick = slice.get(i);
                            sum += tick.x();
                        }
                        return (long) sum;
                    })),
    /// A double that is made a float as it is read.
    DOUBLE_AS_FLOAT(
            Use.reads(
                    Tick.class,
                    (slice, trip) -> {
                        float sum = 0;
                        for (long i = 0; i < slice.count(); i++) {
                            trip.at(i);
                            Tick tick = slice.get(i);
                            sum += (float) tick.price();
                        }
                        return (long) sum;
                    })),
    /// The root of a double, taken as it is read.
    DOUBLE_ROOT(
            Use.reads(
                    Tick.class,
                    (slice, trip) -> {
                        double sum = 0;
                        for (long i = 0; i < slice.count(); i++) {
                            trip.at(i);
                            Tick tick = slice.get(i);
                            sum += Math.sqrt(tick.price());
                        }
                        return (long) sum;
                    })),
    /// A function for each element.
    FOR_EACH(
            Use.reads(
                    Tick.class,
                    (slice, trip) -> {
                        long[] sum = new long[1];
                        slice.forEach(tick -> {
                            trip.at(tick.key());
                            sum[0] += tick.key() + tick.x();
                        });
                        return sum[0];
                    })),
    /// An iterator.
    ITERATOR(
            Use.reads(
                    Tick.class,
                    (slice, trip) -> {
                        long sum = 0;
                        for (Tick tick : slice) {
                            trip.at(tick.key());
                            sum += tick.key();
                        }
                        return sum;
                    })),
    /// A loop of ours over a column.
    SUM_LONG(twice(slice -> slice.sumLong("key") + slice.sumLong("x"))),
    /// The same over ints alone, which are widened.
    SUM_INT(twice(slice -> slice.sumLong("x"))),
    /// A loop of ours over a column of doubles.
    SUM_DOUBLE(twice(slice -> (long) slice.sumDouble("price"))),
    /// Least and greatest.
    MIN_MAX(
            twice(slice -> {
                var column = slice.longColumn("key");
                return column.min() + column.max();
            })),
    /// A column by index.
    COLUMN_GET(
            Use.reads(
                    Tick.class,
                    (slice, trip) -> {
                        var column = slice.longColumn("key");
                        long sum = 0;
                        for (long i = 0; i < column.count(); i++) {
                            trip.at(i);
                            sum += column.get(i);
                        }
                        return sum;
                    })),
    /// A column to an array.
    COLUMN_COPY(
            twice(slice -> {
                long[] target = new long[(int) slice.count()];
                int copied = slice.longColumn("key").copyTo(target);
                return copied + target[copied - 1];
            })),
    /// Records to an array.
    COPY_TO_ARRAY(
            twice(slice -> {
                Tick[] target = new Tick[(int) slice.count()];
                int copied = slice.copyTo(target);
                return copied + target[copied - 1].key();
            })),
    /// The checksum of all.
    CHECKSUM(twice(MappedSlice::checksum)),
    /// A stream.
    STREAM(twice(slice -> slice.stream().mapToLong(Tick::key).sum())),
    /// A parallel stream.
    PARALLEL_STREAM(
            twice(slice ->
                    StreamSupport.stream(slice.spliterator(), true).mapToLong(Tick::key).sum())),
    /// A search for what stands at the end.
    BINARY_SEARCH(twice(slice -> slice.binarySearch("key", Sample.COUNT - 1))),
    /// Reads with volatile semantics.
    GET_VOLATILE(
            Use.reads(
                    Tick.class,
                    (slice, trip) -> {
                        var column = slice.longColumn("key");
                        long sum = 0;
                        for (long i = 0; i < column.count(); i++) {
                            trip.at(i);
                            sum += column.getVolatile(i);
                        }
                        return sum;
                    })),
    /// Texts.
    STRING(
            Sample.LABELS,
            Use.reads(
                    Label.class,
                    (slice, trip) -> {
                        long sum = 0;
                        for (long i = 0; i < slice.count(); i++) {
                            trip.at(i);
                            sum += slice.get(i).name().length();
                        }
                        return sum;
                    })),
    /// Arrays.
    ARRAY(
            Sample.LABELS,
            Use.reads(
                    Label.class,
                    (slice, trip) -> {
                        long sum = 0;
                        for (long i = 0; i < slice.count(); i++) {
                            trip.at(i);
                            sum += slice.get(i).parts()[3];
                        }
                        return sum;
                    })),
    /// Narrow numbers, some of which choose from an array.
    NARROW(
            Sample.MIXED,
            Use.reads(
                    Mixed.class,
                    (slice, trip) -> {
                        int[] table = new int[256];
                        long sum = 0;
                        for (long i = 0; i < slice.count(); i++) {
                            trip.at(i);
                            Mixed mixed = slice.get(i);
                            sum += table[mixed.small() & 0xFF] + mixed.letter() + mixed.number();
                            sum += mixed.tier().name().length() + (mixed.flag() ? 1 : 0);
                            table[Math.floorMod(mixed.number(), 256)]++;
                        }
                        return sum;
                    })),
    /// Columns of narrow numbers.
    SUM_NARROW(
            Sample.MIXED,
            Use.reads(
                    Mixed.class,
                    (slice, trip) -> {
                        trip.at(Access.MIDDLE);
                        return slice.sumLong("small")
                                + slice.sumLong("letter")
                                + slice.sumLong("number");
                    })),
    /// Components of a view.
    VIEW_GET(
            Use.reads(
                    TickView.class,
                    (slice, trip) -> {
                        long sum = 0;
                        for (long i = 0; i < slice.count(); i++) {
                            trip.at(i);
                            TickView tick = slice.get(i);
                            sum += tick.key() + tick.x() + (long) tick.price();
                        }
                        return sum;
                    })),
    /// Writes elements.
    SET(
            Use.writes(
                    Tick.class,
                    (slice, trip) -> {
                        for (long i = 0; i < slice.count(); i++) {
                            trip.at(i);
                            slice.set(i, Tick.of(i));
                        }
                        return slice.count();
                    })),
    /// Writes one element everywhere.
    FILL(
            Use.writes(
                    Tick.class,
                    (slice, trip) -> {
                        slice.fill(Tick.of(1));
                        trip.at(Access.MIDDLE);
                        slice.fill(Tick.of(2));
                        return slice.count();
                    })),
    /// Writes from an array.
    COPY_FROM_ARRAY(
            Use.writes(
                    Tick.class,
                    (slice, trip) -> {
                        Tick[] source = new Tick[(int) Math.min(slice.count(), 400_000)];
                        java.util.Arrays.fill(source, Tick.of(3));
                        slice.copyFrom(source);
                        trip.at(Access.MIDDLE);
                        return slice.copyFrom(source);
                    })),
    /// Writes texts and arrays.
    SET_LABEL(
            Sample.LABELS,
            Use.writes(
                    Label.class,
                    (slice, trip) -> {
                        for (long i = 0; i < slice.count(); i++) {
                            trip.at(i);
                            slice.set(i, Label.of(i));
                        }
                        return slice.count();
                    })),
    /// Writes components of a view.
    VIEW_SET(
            Use.writes(
                    TickView.class,
                    (slice, trip) -> {
                        for (long i = 0; i < slice.count(); i++) {
                            trip.at(i);
                            TickView tick = slice.get(i);
                            tick.key(i);
                            tick.x(7);
                        }
                        return slice.count();
                    })),
    /// Bits of a number in its place.
    VIEW_BITS(
            Use.writes(
                    TickView.class,
                    (slice, trip) -> {
                        for (long i = 0; i < slice.count(); i++) {
                            trip.at(i);
                            TickView tick = slice.get(i);
                            tick.key(tick.key() | (1L << 40));
                            tick.key(tick.key() & ~(1L << 41));
                            tick.x(tick.x() & 0x7F);
                        }
                        return slice.count();
                    })),
    /// Writes a column.
    COLUMN_SET(
            Use.writes(
                    Tick.class,
                    (slice, trip) -> {
                        MutableLongColumn column = slice.longColumn("key");
                        for (long i = 0; i < column.count(); i++) {
                            trip.at(i);
                            column.set(i, i);
                        }
                        return column.count();
                    })),
    /// Copies to another file, of which the end is cut off or full.
    COPY_TO_SLICE(
            Use.writes(
                    Tick.class,
                    (slice, trip) -> {
                        long half = slice.count() / 2;
                        trip.at(Access.MIDDLE);
                        slice.slice(0, half).copyTo(slice.slice(slice.count() - half, half));
                        return half;
                    })),
    /// Atomic writes.
    SET_VOLATILE(atomic((column, i) -> column.setVolatile(i, i))),
    /// Atomic additions.
    GET_AND_ADD(atomic((column, i) -> column.getAndAdd(i, 1))),
    /// Compare and set.
    COMPARE_AND_SET(atomic((column, i) -> column.compareAndSet(i, column.get(0), i))),
    /// Atomic operations without any plain access before.
    COMPARE_AND_SET_ALONE(atomic((column, i) -> column.compareAndSet(i, -1, -1))),
    /// Atomic operations of a view.
    VIEW_ATOMIC(
            Use.writes(
                    TickView.class,
                    (slice, trip) -> {
                        long last = slice.count() - 1;
                        long sum = slice.get(last).keyCompareAndSet(-1, -1) ? 1 : 0;
                        for (long i = last; i >= 0; i--) {
                            slice.get(i).keyGetAndAdd(0);
                        }
                        return sum;
                    })),
    /// Appends, mostly into room that is there.
    APPEND(
            Use.calls(
                    Tick.class,
                    file -> {
                        long index = file.append(Tick.of(1));
                        return file.count() - index;
                    })),
    /// Appends several.
    APPEND_ALL(
            Use.calls(
                    Tick.class,
                    file -> {
                        long index = file.appendAll(List.of(Tick.of(1), Tick.of(2)));
                        return file.count() - index;
                    })),
    /// Makes the file longer.
    RESIZE(
            Use.calls(
                    Tick.class,
                    file -> {
                        long count = file.count();
                        file.resize(count + 1_000);
                        return file.count() - count;
                    })),
    /// Makes the file shorter.
    SHRINK(
            Use.calls(
                    Tick.class,
                    file -> {
                        long count = file.count();
                        file.resize(count - 10);
                        return count - file.count();
                    })),
    /// Makes room.
    RESERVE(
            Use.calls(
                    Tick.class,
                    file -> {
                        long capacity = file.capacity() + 1_000;
                        file.reserve(capacity);
                        return file.capacity() >= capacity ? 1 : 0;
                    })),
    /// Waits for the disk.
    FORCE(
            Use.calls(
                    Tick.class,
                    file -> {
                        file.force();
                        return 0;
                    })),
    /// Waits for the disk for the end.
    FORCE_RANGE(
            Use.calls(
                    Tick.class,
                    file -> {
                        file.force(file.count() - 10, 10);
                        return 0;
                    })),
    /// Reads all in advance.
    PRELOAD(
            Use.calls(
                    Tick.class,
                    file -> {
                        file.preload();
                        return 0;
                    })),
    /// Asks whether all is as it was.
    CHECK(
            Use.calls(
                    Tick.class,
                    file -> {
                        file.check();
                        return 0;
                    })),
    /// Reads anew how many there are.
    REFRESH(Use.calls(Tick.class, file -> file.refresh())),
    /// One element in a body of its own.
    GET_ONE(Use.calls(Tick.class, file -> file.get(file.count() - 1).key())),
    /// Writes one element in a body of its own.
    SET_ONE(
            Use.calls(
                    Tick.class,
                    file -> {
                        file.set(file.count() - 1, Tick.of(5));
                        return 0;
                    }));

    /// Where the trip is that is in the middle.
    static final long MIDDLE = Sample.COUNT / 2;

    private final Sample sample;
    private final Use use;

    Access(Use use) {
        this(Sample.TICKS, use);
    }

    Access(Sample sample, Use use) {
        this.sample = sample;
        this.use = use;
    }

    @FunctionalInterface
    private interface Whole {
        long run(MappedSlice<Tick> slice);
    }

    /// Something that is done at once: before the trip, and after it.
    private static Use twice(Whole whole) {
        return Use.reads(
                Tick.class,
                (slice, trip) -> {
                    long first = whole.run(slice);
                    trip.at(Access.MIDDLE);
                    return first + whole.run(slice);
                });
    }

    @FunctionalInterface
    private interface Atomic {
        void at(MutableLongColumn column, long index);
    }

    /// From the last element backwards, so that the very first access is to what was cut off.
    private static Use atomic(Atomic operation) {
        return Use.writes(
                Tick.class,
                (slice, trip) -> {
                    MutableLongColumn column = slice.longColumn("key");
                    for (long i = column.count() - 1; i >= 0; i--) {
                        operation.at(column, i);
                    }
                    return column.count();
                });
    }

    Sample sample() {
        return sample;
    }

    Use.Opened open(Path path, boolean always) {
        return use.open(path, always);
    }

    Use.Opened sparse(Path path, long count) {
        return use.sparse(path, count);
    }

    /// Whether it only reads elements, in bodies.
    boolean isReading() {
        return compareTo(SET) < 0;
    }

    /// Whether it runs in a body.
    boolean isBody() {
        return compareTo(APPEND) < 0;
    }

    /// Whether it reads and writes at once.
    boolean isAtomic() {
        return switch (this) {
            case GET_AND_ADD, COMPARE_AND_SET, COMPARE_AND_SET_ALONE, VIEW_ATOMIC -> true;
            default -> false;
        };
    }

    /// Whether something can happen in its middle. Atomic operations are told beforehand: one that
    /// is interpreted while the file is cut may end the JVM, which nobody can prevent.
    boolean hasMiddle() {
        return isBody() && compareTo(SET_VOLATILE) < 0;
    }
}
