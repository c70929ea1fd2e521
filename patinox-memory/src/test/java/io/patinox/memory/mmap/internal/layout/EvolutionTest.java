package io.patinox.memory.mmap.internal.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.error.MappingMismatchException;
import io.patinox.memory.mmap.Capacity;
import io.patinox.memory.mmap.ColumnKind;
import io.patinox.memory.mmap.Components;
import io.patinox.memory.mmap.DefaultValue;
import io.patinox.memory.mmap.Encoded;
import io.patinox.memory.mmap.Encoding;
import io.patinox.memory.mmap.Latin1;
import io.patinox.memory.mmap.MappedColumn;
import io.patinox.memory.mmap.MappedLayout;
import io.patinox.memory.mmap.MappedSlice;
import io.patinox.memory.mmap.MutableMappedSlice;
import io.patinox.memory.mmap.Packed;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Files of older and newer versions of a type, read through the compiled slices.
class EvolutionTest {
    enum Side {
        BUY,
        SELL
    }

    enum MoreSides {
        BUY,
        SELL,
        HOLD
    }

    enum OtherSides {
        SELL,
        BUY
    }

    record Trade1(long id, Side side) {}

    record Trade2(
            long id,
            MoreSides side,
            @DefaultValue("1.5") double price,
            @DefaultValue("none") @Capacity(6) String note,
            Extra extra) {}

    record Extra(
            @DefaultValue("-1") byte a,
            @DefaultValue("-2") short b,
            @DefaultValue("x") char c,
            @DefaultValue("3") int d,
            @DefaultValue("4") long e,
            @DefaultValue("5.5") float f,
            @DefaultValue("true") boolean g,
            @DefaultValue("HOLD") MoreSides h,
            @DefaultValue("\u00e9") @Capacity(1) @Latin1 String i,
            @DefaultValue("2020-01-02T03:04:05Z") @Encoded(Encoding.SECONDS) Instant j,
            @DefaultValue("PT1.5S") @Encoded(Encoding.MILLIS) Duration k,
            @DefaultValue("00112233-4455-6677-8899-aabbccddeeff") UUID l,
            @DefaultValue("7") @Capacity(3) int[] m,
            @DefaultValue("true") @Capacity(2) boolean[] n) {}

    record Trade3(long id, Side side, int quantity) {}

    record Moved(int quantity, long id, Side side) {}

    record Renamed(long number, Side side) {}

    record Reordered(long id, OtherSides side) {}

    record NestedShort(Half half) {}

    record Half(int x) {}

    record NestedLong(Whole half) {}

    record Whole(int x, @DefaultValue("9") int y) {}

    @Packed
    record Trade1Packed(long id, Side side) {}

    @Components({"id", "side"})
    interface AtomicTrade {
        long id();

        long idVolatile();

        Side side();
    }

    @Components({"id", "side", "count"})
    interface MoreTrade {
        long id();

        void id(long value);

        Side side();

        @DefaultValue("12")
        int count();

        int countVolatile();
    }

    private static <T> RecordLayout<T> of(Class<T> type) {
        return RecordLayout.of(type, ByteOrder.LITTLE_ENDIAN, null);
    }

    /// Writes elements as the one type, and reads them as the other.
    @SafeVarargs
    private static <A, B> List<B> reread(Class<A> from, Class<B> to, A... values) {
        RecordLayout<A> written = of(from);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment file =
                    arena.allocate((long) written.layout().strideBytes() * values.length, 8);
            MutableMappedSlice<A> slice =
                    written.writer("a.map", written.layout())
                            .slice(file, values.length, new Body("a.map", null));
            slice.copyFrom(values);
            MappedSlice<B> read =
                    of(to).reader("a.map", written.layout())
                            .slice(file, values.length, new Body("a.map", null));
            List<B> all = new ArrayList<>();
            read.forEach(all::add);
            return all;
        }
    }

    @Test
    void reader_sameLayout_readsAll() {
        assertThat(reread(Trade1.class, Trade1.class, new Trade1(1, Side.SELL)))
                .containsExactly(new Trade1(1, Side.SELL));
    }

    @Test
    void reader_olderFile_fillsInDefaults() {
        List<Trade2> read =
                reread(
                        Trade1.class,
                        Trade2.class,
                        new Trade1(7, Side.SELL),
                        new Trade1(8, Side.BUY));
        assertThat(read).extracting(Trade2::id).containsExactly(7L, 8L);
        Extra expected =
                new Extra(
                        (byte) -1,
                        (short) -2,
                        'x',
                        3,
                        4,
                        5.5f,
                        true,
                        MoreSides.HOLD,
                        "\u00e9",
                        Instant.parse("2020-01-02T03:04:05Z"),
                        Duration.ofMillis(1500),
                        UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"),
                        new int[] {7, 7, 7},
                        new boolean[] {true, true});
        assertThat(read.get(0))
                .usingRecursiveComparison()
                .isEqualTo(new Trade2(7, MoreSides.SELL, 1.5, "none", expected));
        assertThat(read.get(0).extra().m()).isNotSameAs(read.get(1).extra().m());
    }

    @Test
    void reader_newerFile_leavesOutWhatItDoesNotKnow() {
        assertThat(reread(Trade3.class, Trade1.class, new Trade3(7, Side.BUY, 5)))
                .containsExactly(new Trade1(7, Side.BUY));
    }

    @Test
    void reader_nestedRecordOfAnOlderFile_isFilledUp() {
        assertThat(reread(NestedShort.class, NestedLong.class, new NestedShort(new Half(3))))
                .containsExactly(new NestedLong(new Whole(3, 9)));
        assertThat(reread(NestedLong.class, NestedShort.class, new NestedLong(new Whole(3, 4))))
                .containsExactly(new NestedShort(new Half(3)));
    }

    @Test
    void reader_equalColumnsOtherStride_readsByTheFiles() {
        Trade1Packed[] two = {new Trade1Packed(1, Side.BUY), new Trade1Packed(2, Side.SELL)};
        assertThat(reread(Trade1Packed.class, Trade1.class, two))
                .containsExactly(new Trade1(1, Side.BUY), new Trade1(2, Side.SELL));
    }

    private static void mismatch(
            Class<?> type, MappedLayout found, String what, String expected, String actual) {
        assertThatThrownBy(() -> of(type).reader("a.map", found))
                .isInstanceOfSatisfying(
                        MappingMismatchException.class,
                        e -> {
                            assertThat(e.file()).isEqualTo("a.map");
                            assertThat(e.what()).isEqualTo(what);
                            assertThat(e.expected()).isEqualTo(expected);
                            assertThat(e.found()).isEqualTo(actual);
                        });
        assertThatThrownBy(() -> of(type).writer("a.map", found))
                .isInstanceOfSatisfying(
                        MappingMismatchException.class,
                        e -> assertThat(e.found()).isEqualTo(actual));
    }

    @Test
    void reader_otherLayout_saysTheFirstDifference() {
        mismatch(
                Trade1.class,
                of(Renamed.class).layout(),
                "layout",
                "component 'id' i64 at 0 of 8 bytes",
                "component 'number' i64 at 0 of 8 bytes");
        mismatch(
                Trade1.class,
                of(Moved.class).layout(),
                "layout",
                "component 'id' i64 at 0 of 8 bytes",
                "component 'quantity' i32 at 0 of 4 bytes");
        mismatch(
                Trade1.class,
                of(Reordered.class).layout(),
                "layout",
                "component 'side' with constant 0 BUY",
                "component 'side' with constant 0 SELL");
        mismatch(
                Trade3.class,
                of(Trade1.class).layout(),
                "layout",
                "component 'quantity' i32 at 12 of 4 bytes, or a @DefaultValue at it",
                "no such component");
        mismatch(
                Trade1.class,
                RecordLayout.of(Trade1.class, ByteOrder.BIG_ENDIAN, null).layout(),
                "byte order",
                "LITTLE_ENDIAN",
                "BIG_ENDIAN");
        mismatch(
                AtomicTrade.class,
                of(Trade1Packed.class).layout(),
                "layout",
                "component 'id' i64 at 0 of 8 bytes at a multiple of its size, for its atomic"
                        + " methods",
                "a stride of 9");
    }

    @Test
    void reader_fewerConstants_areTooFew() {
        MappedLayout newer =
                MappedLayout.parse(
                        of(Trade1.class).layout().text().replace("BUY|SELL", "BUY|SELL|HOLD"));
        mismatch(
                Trade1.class,
                newer,
                "layout",
                "component 'side' with no constant 2",
                "component 'side' with constant 2 HOLD");
        MappedLayout named =
                MappedLayout.parse(of(Trade1.class).layout().text().replace("BUY|SELL", "BUY|SEL"));
        mismatch(
                Trade1.class,
                named,
                "layout",
                "component 'side' with constant 1 SELL",
                "component 'side' with constant 1 SEL");
    }

    private static void readOnly(Class<?> type, MappedLayout found, String expected, String with) {
        of(type).reader("a.map", found);
        assertThatThrownBy(() -> of(type).writer("a.map", found))
                .isInstanceOfSatisfying(
                        MappingMismatchException.class,
                        e -> {
                            assertThat(e.what()).isEqualTo("layout");
                            assertThat(e.expected()).isEqualTo(expected);
                            assertThat(e.found())
                                    .isEqualTo(with + " (the file can be opened read-only)");
                        });
    }

    @Test
    void writer_ofAFileThatCanBeRead_saysSo() {
        readOnly(
                Trade1.class,
                of(Trade3.class).layout(),
                "no more components",
                "component 'quantity' i32 at 12 of 4 bytes");
        readOnly(
                Trade2.class,
                of(Trade1.class).layout(),
                "component 'side' with constant 2 HOLD",
                "component 'side' with no constant 2");
        readOnly(
                MoreTrade.class,
                of(Trade1.class).layout(),
                "component 'count' i32 at 12 of 4 bytes",
                "no such component");
        readOnly(
                Trade1.class,
                of(Trade1Packed.class).layout(),
                "a stride of 16 aligned to 8",
                "a stride of 9 aligned to 1");
    }

    @Test
    void viewReader_olderFile_fillsInDefaults() {
        RecordLayout<Trade1> written = of(Trade1.class);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment file = arena.allocate(written.layout().strideBytes(), 8);
            written.encode("a.map", file, new Trade1(5, Side.SELL));
            MoreTrade view =
                    of(MoreTrade.class)
                            .reader("a.map", written.layout())
                            .slice(file, 1, new Body("a.map", null))
                            .get(0);
            assertThat(view.id()).isEqualTo(5);
            assertThat(view.side()).isEqualTo(Side.SELL);
            assertThat(view.count()).isEqualTo(12);
            assertThat(view.countVolatile()).isEqualTo(12);
        }
    }

    @Test
    void view_ofItsOwnLayout_isReadAndWritten() {
        RecordLayout<MoreTrade> layout = of(MoreTrade.class);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment file = arena.allocate(layout.layout().strideBytes(), 8);
            MoreTrade view =
                    layout.writer("a.map", layout.layout())
                            .slice(file, 1, new Body("a.map", null))
                            .get(0);
            view.id(77);
            assertThat(view.id()).isEqualTo(77);
            assertThat(layout.writer("b.map", layout.layout()))
                    .isSameAs(layout.writer("c.map", layout.layout()));
        }
    }

    @Test
    void reader_ofManyLayouts_keepsTheLast() {
        RecordLayout<Half> layout = of(Half.class);
        Object first = layout.reader("a.map", layout.layout());
        assertThat(layout.reader("b.map", layout.layout())).isSameAs(first);
        for (int i = 0; i < 40; i++) {
            List<MappedColumn> more = new ArrayList<>(layout.layout().columns());
            more.add(new MappedColumn("more" + i, ColumnKind.BYTE, 4, 1, -1, ""));
            MappedLayout newer = MappedLayout.of(ByteOrder.LITTLE_ENDIAN, 8, 4, more);
            assertThat(layout.reader("a.map", newer)).isSameAs(layout.reader("b.map", newer));
        }
        assertThat(layout.reader("b.map", layout.layout())).isNotSameAs(first);
    }
}
