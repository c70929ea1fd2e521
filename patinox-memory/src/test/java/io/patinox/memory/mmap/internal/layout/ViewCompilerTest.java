package io.patinox.memory.mmap.internal.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.error.MappingClosedException;
import io.patinox.memory.error.MappingLayoutException;
import io.patinox.memory.error.MappingValueException;
import io.patinox.memory.mmap.Components;
import io.patinox.memory.mmap.MappedSlice;
import io.patinox.memory.mmap.MutableMappedSlice;
import io.patinox.memory.mmap.internal.layout.Samples.Counter;
import io.patinox.memory.mmap.internal.layout.Samples.Point;
import io.patinox.memory.mmap.internal.layout.Samples.Row;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ViewCompilerTest {
    private final Arena arena = Arena.ofShared();
    private final Body body = new Body("f", null);

    @AfterEach
    void close() {
        arena.close();
    }

    private <T> MutableMappedSlice<T> slice(Class<T> type, long count) {
        return slice(Parts.of(type), count, body);
    }

    private <T> MutableMappedSlice<T> slice(Parts.Typed<T> typed, long count, Body life) {
        return typed.writer().slice(memory(typed, count), count, life);
    }

    private MemorySegment memory(Parts.Typed<?> typed, long count) {
        return arena.allocate(count * typed.layout().strideBytes() + 8, 8);
    }

    private static void fill(Row row, int i) {
        row.id(i);
        row.quantity(2 * i);
        row.price(i / 2.0);
        row.point(new Point(i, (short) -i));
        row.name("r" + i);
        row.on(i % 2 == 1);
    }

    private static void check(Row row, int i) {
        assertThat(row.id()).isEqualTo(i);
        assertThat(row.quantity()).isEqualTo(2 * i);
        assertThat(row.price()).isEqualTo(i / 2.0);
        assertThat(row.point()).isEqualTo(new Point(i, (short) -i));
        assertThat(row.name()).isEqualTo("r" + i);
        assertThat(row.on()).isEqualTo(i % 2 == 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void setters_ofAView_writeTheirComponent(boolean big) {
        ByteOrder order = big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        Parts.Typed<Row> typed = Parts.of(Row.class, order, false);
        MemorySegment memory = memory(typed, 5);
        MutableMappedSlice<Row> slice = typed.writer().slice(memory, 5, body);
        for (int i = 0; i < 5; i++) {
            fill(slice.get(i), i);
        }
        MappedSlice<Row> readOnly = typed.reader().slice(memory, 5, body);
        for (int i = 0; i < 5; i++) {
            check(slice.get(i), i);
            check(readOnly.get(i), i);
            check(slice.slice(i, 1).get(0), i);
        }
        List<Long> ids = new ArrayList<>();
        slice.forEach(row -> ids.add(row.id()));
        assertThat(ids).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(slice.stream().parallel().mapToLong(Row::id).sum()).isEqualTo(10);
        assertThat(slice.sumLong("id")).isEqualTo(10);
    }

    @Test
    void toString_ofAView_showsTheComponents() {
        MutableMappedSlice<Row> slice = slice(Row.class, 2);
        Row row = slice.get(1);
        fill(row, 1);
        assertThat(row)
                .hasToString(
                        "Row[id=1, quantity=2, price=0.5, point=Point[x=1, y=-1],"
                                + " name=r1, on=true]")
                .isEqualTo(row)
                .isNotEqualTo(slice.get(1));
        body.end();
        assertThat(row).hasToString("Row[ended]");
    }

    @Test
    void view_bodyHasEnded_isRefused() {
        Row row = slice(Row.class, 1).get(0);
        Counter counter = slice(Counter.class, 1).get(0);
        body.end();
        assertThatThrownBy(row::id).isInstanceOf(MappingClosedException.class);
        assertThatThrownBy(row::point).isInstanceOf(MappingClosedException.class);
        assertThatThrownBy(() -> row.id(1)).isInstanceOf(MappingClosedException.class);
        assertThatThrownBy(() -> row.point(null)).isInstanceOf(MappingClosedException.class);
        assertThatThrownBy(counter::hitsVolatile).isInstanceOf(MappingClosedException.class);
        assertThatThrownBy(() -> counter.stateGetAndAdd(1))
                .isInstanceOf(MappingClosedException.class);
    }

    @Test
    void readOnlyView_writes_areRefused() {
        Parts.Typed<Counter> typed = Parts.of(Counter.class);
        MemorySegment memory = memory(typed, 1);
        typed.writer().slice(memory, 1, body).get(0).hits(7);
        Counter counter = typed.reader().slice(memory, 1, body).get(0);
        assertThat(counter.hits()).isEqualTo(7);
        assertThat(counter.hitsVolatile()).isEqualTo(7);
        assertThat(counter.hitsAcquire()).isEqualTo(7);
        assertThat(counter.both()).isEqualTo(7);
        assertThatThrownBy(() -> counter.hits(1))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("read-only");
        assertThatThrownBy(() -> counter.stateCompareAndSet(0, 1))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> counter.hitsGetAndAdd(1))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void atomics_ofAView_doWhatTheirNamesSay(boolean big) {
        ByteOrder order = big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        Counter counter = slice(Parts.of(Counter.class, order, false), 3, body).get(2);
        counter.hitsVolatile(5);
        assertThat(counter.hitsGetAndAdd(2)).isEqualTo(5);
        assertThat(counter.hitsGetAndSet(9)).isEqualTo(7);
        assertThat(counter.hitsCompareAndSet(8, 1)).isFalse();
        assertThat(counter.hitsCompareAndSet(9, 1L << 40)).isTrue();
        assertThat(counter.hits()).isEqualTo(1L << 40);
        counter.hitsRelease(3);
        assertThat(counter.hitsAcquire()).isEqualTo(3);
        counter.stateVolatile(5);
        assertThat(counter.stateGetAndAdd(2)).isEqualTo(5);
        assertThat(counter.stateGetAndSet(9)).isEqualTo(7);
        assertThat(counter.stateCompareAndSet(8, 1)).isFalse();
        assertThat(counter.stateCompareAndSet(9, -1)).isTrue();
        counter.stateRelease(counter.stateVolatile() - 1);
        assertThat(counter.stateAcquire()).isEqualTo(-2);
        assertThat(counter.hitsVolatile()).isEqualTo(3);
    }

    @Test
    void atomics_twoThreads_loseNothing() throws InterruptedException {
        MutableMappedSlice<Counter> slice = slice(Counter.class, 1);
        Runnable work =
                () -> {
                    Counter counter = slice.get(0);
                    for (int i = 0; i < 50_000; i++) {
                        counter.hitsGetAndAdd(1);
                        int found = counter.stateVolatile();
                        while (!counter.stateCompareAndSet(found, found + 1)) {
                            found = counter.stateVolatile();
                        }
                    }
                };
        Thread other = new Thread(work);
        other.start();
        work.run();
        other.join();
        assertThat(slice.get(0).both()).isEqualTo(200_000);
    }

    @Test
    void atomics_packedOrMisaligned_areRefused() {
        Counter packed =
                slice(Parts.of(Counter.class, ByteOrder.LITTLE_ENDIAN, true), 1, body).get(0);
        packed.hits(4);
        assertThat(packed.hits()).isEqualTo(4);
        assertThatThrownBy(() -> packed.hitsGetAndAdd(1))
                .isInstanceOf(MappingLayoutException.class)
                .hasMessageContaining("packed");
        Parts.Typed<Counter> typed = Parts.of(Counter.class);
        Counter shifted = typed.writer().slice(memory(typed, 2).asSlice(4), 1, body).get(0);
        shifted.hits(5);
        assertThatThrownBy(shifted::hitsVolatile)
                .isInstanceOf(MappingLayoutException.class)
                .hasMessageContaining("multiple of 8");
        assertThat(shifted.stateGetAndAdd(3)).isZero();
        assertThat(shifted.both()).isEqualTo(8);
    }

    @Test
    void set_aView_copiesEachComponent() {
        MutableMappedSlice<Row> slice = slice(Row.class, 3);
        fill(slice.get(0), 7);
        slice.set(2, slice.get(0));
        check(slice.get(2), 7);
        slice.set(2, slice.get(2));
        check(slice.get(2), 7);
        slice.fill(slice.get(2));
        check(slice.get(1), 7);
        assertThatThrownBy(() -> slice.set(0, null)).isInstanceOf(InvalidOptionException.class);
    }

    @Test
    void setters_valueDoesNotFit_nameTheIndex() {
        MutableMappedSlice<Row> slice = slice(Row.class, 3);
        fill(slice.get(2), 7);
        assertThatThrownBy(() -> slice.get(2).name("far too long"))
                .isInstanceOfSatisfying(
                        MappingValueException.class,
                        e -> {
                            assertThat(e.index()).isEqualTo(2);
                            assertThat(e.column()).isEqualTo("name");
                        });
        assertThatThrownBy(() -> slice.get(2).point(null))
                .isInstanceOfSatisfying(
                        MappingValueException.class,
                        e -> {
                            assertThat(e.index()).isEqualTo(2);
                            assertThat(e.column()).isEqualTo("point");
                        });
        check(slice.get(2), 7);
    }

    record Twice(String one, byte between, String other) {}

    @Components({"before", "twice", "after"})
    interface Deep {
        int before();

        void before(int value);

        Twice twice();

        void twice(Twice value);

        int after();

        void after(int value);
    }

    @Test
    void setters_nestedHalfFits_nothingIsWritten() {
        MutableMappedSlice<Deep> slice = slice(Deep.class, 2);
        Deep deep = slice.get(1);
        deep.before(-1);
        deep.after(-2);
        Twice old = new Twice("a", (byte) 1, "b");
        deep.twice(old);
        assertThatThrownBy(() -> deep.twice(new Twice("c", (byte) 2, "far too long")))
                .isInstanceOfSatisfying(
                        MappingValueException.class,
                        e -> {
                            assertThat(e.index()).isEqualTo(1);
                            assertThat(e.column()).isEqualTo("twice.other");
                        });
        assertThat(deep.twice()).isEqualTo(old);
        assertThat(deep.before()).isEqualTo(-1);
        assertThat(deep.after()).isEqualTo(-2);
    }

    @Test
    void copyTo_anArrayOfViews_isRefused() {
        MutableMappedSlice<Row> slice = slice(Row.class, 1);
        assertThatThrownBy(() -> slice.copyTo(new Row[1]))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("target");
        assertThatThrownBy(() -> slice.get(1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void marks_ofViews_areWhereTheyWrote() {
        Parts.Typed<Row> typed = Parts.of(Row.class);
        int stride = typed.layout().strideBytes();
        BlockMarks marks = new BlockMarks(3, 64);
        MutableMappedSlice<Row> slice = slice(typed, 3 * 64 / stride, new Body("f", marks));
        slice.slice(2, 1).get(0).quantity(3);
        assertThat(marks.take(2 * stride / 64)).isTrue();
        assertThat(marks.take(0)).isFalse();
        slice.get(0).point(new Point(1, (short) 2));
        assertThat(marks.take(0)).isTrue();
        MutableMappedSlice<Counter> counters =
                slice(Parts.of(Counter.class), 12, new Body("f", marks));
        counters.get(5).hitsVolatile();
        assertThat(marks.take(1)).isFalse();
        counters.get(5).hitsGetAndAdd(1);
        assertThat(marks.take(1)).isTrue();
    }

    @Components("id")
    interface Strange {
        long id();

        long total();
    }

    @Test
    void compile_unknownMethod_isRefused() {
        Parts.Typed<Strange> typed = Parts.of(Strange.class);
        assertThatThrownBy(typed::reader)
                .isInstanceOf(MappingLayoutException.class)
                .hasMessageContaining("total");
    }

    @Test
    void compile_lookupWithoutAccess_isRefused() {
        Parts.Typed<Row> typed = Parts.of(Row.class);
        List<Part.Member> members = typed.root().members();
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        assertThatThrownBy(
                        () -> SliceCompiler.viewReader(typed.layout(), Row.class, members, lookup))
                .isInstanceOf(MappingLayoutException.class)
                .hasMessageContaining("lookup");
    }

    @Test
    void reader_componentsThatTheFileLacks_areTheirDefaults() {
        Parts.Typed<Counter> typed = Parts.of(Counter.class);
        List<Part.Member> members = typed.root().members();
        List<Part.Member> known =
                List.of(
                        members.get(0),
                        new Part.Member(
                                "state",
                                new Part.Missing(int.class, 8),
                                members.get(1).accessor()));
        MemorySegment memory = memory(typed, 1);
        memory.set(ValueLayout.JAVA_LONG, 0, 5);
        Counter counter =
                SliceCompiler.viewReader(
                                typed.layout(), Counter.class, known, MethodHandles.lookup())
                        .slice(memory, 1, body)
                        .get(0);
        assertThat(counter.both()).isEqualTo(13);
        assertThat(counter.stateVolatile()).isEqualTo(8);
    }
}
