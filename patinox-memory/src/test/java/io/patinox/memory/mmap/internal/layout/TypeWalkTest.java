package io.patinox.memory.mmap.internal.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.error.MappingLayoutException;
import io.patinox.memory.mmap.Capacity;
import io.patinox.memory.mmap.DefaultValue;
import io.patinox.memory.mmap.Encoded;
import io.patinox.memory.mmap.Encoding;
import io.patinox.memory.mmap.Latin1;
import io.patinox.memory.mmap.MappableType;
import io.patinox.memory.mmap.MappedBy;
import io.patinox.memory.mmap.MappedLayout;
import io.patinox.memory.mmap.Width;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What can't be mapped, and how that is said.
class TypeWalkTest {
    enum None {}

    enum One {
        ONLY
    }

    record Empty() {}

    record Boxed(int fine, Integer count) {}

    record Boxes(Boolean flag) {}

    record Unsized(String text) {}

    record UnsizedArray(int[] numbers) {}

    record Square(@Capacity(4) int[][] numbers) {}

    record Texts(@Capacity(4) String[] texts) {}

    record Anything(Object value) {}

    record Date(LocalDate day) {}

    record Lists(List<String> list) {}

    record Variable<T>(T value) {}

    record Bound<T extends Point>(T value) {}

    record Variables<T>(@Capacity(2) T[] values) {}

    record Point(int x, int y) {}

    record Pair<T>(int x) {}

    record Generic(Pair<String> pair) {}

    record Itself(int x, Itself next) {}

    record Ping(Pong pong) {}

    record Pong(int x, Ping ping) {}

    record Nothing(None none) {}

    record Bare(Enum<?> any) {}

    record Within(Point point, Boxed boxed) {}

    record Hollow(Empty empty) {}

    record Untimed(Instant at) {}

    record Unspanned(Duration span) {}

    record Interfaced(CharSequence text) {}

    record WidthOnInt(@Width(2) int x) {}

    record CapacityOnInt(@Capacity(2) int x) {}

    record CapacityOnEnum(@Capacity(2) One x) {}

    record Latin1OnArray(@Capacity(2) @Latin1 byte[] x) {}

    record EncodedOnLong(@Encoded(Encoding.MILLIS) long x) {}

    record CapacityOnUuid(@Capacity(2) UUID x) {}

    record WidthOnString(@Capacity(2) @Width(2) String x) {}

    record CapacityOnInstant(@Encoded(Encoding.MILLIS) @Capacity(2) Instant x) {}

    record LatinOnDuration(@Encoded(Encoding.MILLIS) @Latin1 Duration x) {}

    record CapacityOnRecord(@Capacity(2) Point x) {}

    record DefaultOnRecord(@DefaultValue("1") Point x) {}

    record DefaultOnOwn(@MappedBy(Sized.class) @DefaultValue("1") Point x) {}

    record NoCapacity(@Capacity(0) String x) {}

    record NegativeCapacity(@Capacity(-1) int[] x) {}

    record HugeCapacity(@Capacity(65_536) String x) {}

    record OddWidth(@Width(3) One x) {}

    record Many(
            @Capacity(65_535) long[] a, @Capacity(65_535) long[] b, @Capacity(65_535) byte[] c) {}

    record WrongType(@MappedBy(Sized.class) int x) {}

    record BadSize(@MappedBy(Oversized.class) Point x) {}

    record BadAlignment(@MappedBy(Crooked.class) Point x) {}

    record BadName(@MappedBy(Unnamed.class) Point x) {}

    record NoConstructor(@MappedBy(Locked.class) Point x) {}

    record Failing(@MappedBy(Broken.class) Point x) {}

    record Silent(@MappedBy(Mute.class) Point x) {}

    record Abstracted(@MappedBy(Half.class) Point x) {}

    record OwnVariable<T extends Point>(@MappedBy(Sized.class) T x) {}

    record BadDefault(@DefaultValue("x") int x) {}

    record BadBoolean(@DefaultValue("yes") boolean x) {}

    record BadChar(@DefaultValue("xy") char x) {}

    record BadByte(@DefaultValue("128") byte x) {}

    record BadConstant(@DefaultValue("TWO") One x) {}

    record BadInstant(@Encoded(Encoding.MILLIS) @DefaultValue("now") Instant x) {}

    record FineInstant(
            @Encoded(Encoding.SECONDS) @DefaultValue("2020-01-01T00:00:00.1Z") Instant x) {}

    record BadDuration(@Encoded(Encoding.MILLIS) @DefaultValue("1 s") Duration x) {}

    record BadUuid(@DefaultValue("1-2-3-4-5") UUID x) {}

    record LongDefault(@Capacity(2) @DefaultValue("abc") String x) {}

    record BadArray(@Capacity(2) @DefaultValue("1.5") int[] x) {}

    static class Sized implements MappableType<Point> {
        @Override
        public String name() {
            return "point";
        }

        @Override
        public Class<Point> type() {
            return Point.class;
        }

        @Override
        public int byteSize() {
            return 8;
        }

        @Override
        public Point read(MemorySegment segment, ByteOrder order) {
            return new Point(0, 0);
        }

        @Override
        public void write(MemorySegment segment, ByteOrder order, Point value) {
            segment.fill((byte) 0);
        }
    }

    static final class Oversized extends Sized {
        @Override
        public int byteSize() {
            return 65_536;
        }
    }

    static final class Crooked extends Sized {
        @Override
        public int byteAlignment() {
            return 3;
        }
    }

    static final class Unnamed extends Sized {
        @Override
        public String name() {
            return "a b";
        }
    }

    static final class Locked extends Sized {
        Locked(int ignored) {
            assertThat(ignored).isZero();
        }
    }

    static final class Broken extends Sized {
        Broken() {
            throw new IllegalStateException("no luck");
        }
    }

    static final class Mute extends Sized {
        @Override
        public int byteSize() {
            throw new IllegalStateException("not now");
        }
    }

    abstract static class Half extends Sized {}

    @interface Note {
        int x();
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(String.class, "", "neither a record nor an interface"),
                Arguments.of(int.class, "", "neither a record nor an interface"),
                Arguments.of(int[].class, "", "neither a record nor an interface"),
                Arguments.of(One.class, "", "neither a record nor an interface"),
                Arguments.of(Note.class, "", "neither a record nor an interface"),
                Arguments.of(Record.class, "", "neither a record nor an interface"),
                Arguments.of(Empty.class, "", "no components"),
                Arguments.of(Boxed.class, "count", "may be null, which a file can't hold; use int"),
                Arguments.of(Boxes.class, "flag", "use boolean"),
                Arguments.of(Unsized.class, "text", "@Capacity"),
                Arguments.of(UnsizedArray.class, "numbers", "@Capacity"),
                Arguments.of(Square.class, "numbers", "one dimension"),
                Arguments.of(Texts.class, "texts", "an array of java.lang.String"),
                Arguments.of(Anything.class, "value", "java.lang.Object has no size"),
                Arguments.of(Date.class, "day", "@MappedBy"),
                Arguments.of(Lists.class, "list", "java.util.List<java.lang.String> is generic"),
                Arguments.of(Variable.class, "value", "the variable T"),
                Arguments.of(Bound.class, "value", "the variable T"),
                Arguments.of(Variables.class, "values", "the variable T[]"),
                Arguments.of(Generic.class, "pair", "is generic"),
                Arguments.of(Itself.class, "next", "contains itself"),
                Arguments.of(Ping.class, "pong.ping", "contains itself"),
                Arguments.of(Nothing.class, "none", "has no constants"),
                Arguments.of(Bare.class, "any", "generic"),
                Arguments.of(Within.class, "boxed.count", "use int"),
                Arguments.of(Hollow.class, "empty", "no components"),
                Arguments.of(Untimed.class, "at", "@Encoded"),
                Arguments.of(Unspanned.class, "span", "@Encoded"),
                Arguments.of(Interfaced.class, "text", "is an interface"),
                Arguments.of(WidthOnInt.class, "x", "@Width means nothing at a component of type"),
                Arguments.of(CapacityOnInt.class, "x", "@Capacity means nothing"),
                Arguments.of(CapacityOnEnum.class, "x", "@Capacity means nothing at an enum"),
                Arguments.of(Latin1OnArray.class, "x", "@Latin1 means nothing at an array"),
                Arguments.of(EncodedOnLong.class, "x", "@Encoded means nothing"),
                Arguments.of(CapacityOnUuid.class, "x", "@Capacity means nothing at a UUID"),
                Arguments.of(WidthOnString.class, "x", "@Width means nothing at a string"),
                Arguments.of(CapacityOnInstant.class, "x", "@Capacity means nothing at a moment"),
                Arguments.of(LatinOnDuration.class, "x", "@Latin1 means nothing at a duration"),
                Arguments.of(CapacityOnRecord.class, "x", "means nothing at a nested record"),
                Arguments.of(DefaultOnRecord.class, "x", "means nothing at a nested record"),
                Arguments.of(DefaultOnOwn.class, "x", "@DefaultValue means nothing"),
                Arguments.of(NoCapacity.class, "x", "1 to 65,535, but is 0"),
                Arguments.of(NegativeCapacity.class, "x", "1 to 65,535, but is -1"),
                Arguments.of(HugeCapacity.class, "x", "1 to 65,535, but is 65536"),
                Arguments.of(OddWidth.class, "x", "1, 2 or 4, but is 3"),
                Arguments.of(Many.class, "c", "larger than 1 MiB"),
                Arguments.of(WrongType.class, "x", "Point, not for int"),
                Arguments.of(BadSize.class, "x", "1 to 65,535, but is 65536"),
                Arguments.of(BadAlignment.class, "x", "1, 2, 4 or 8, but is 3"),
                Arguments.of(BadName.class, "x", "but is a b"),
                Arguments.of(NoConstructor.class, "x", "constructor with 0 parameters"),
                Arguments.of(Failing.class, "x", "can't be made: IllegalStateException: no luck"),
                Arguments.of(Silent.class, "x", "IllegalStateException: not now"),
                Arguments.of(Abstracted.class, "x", "can't be made"),
                Arguments.of(OwnVariable.class, "x", "the variable T"),
                Arguments.of(BadDefault.class, "x", "'x' is no int"),
                Arguments.of(BadBoolean.class, "x", "'yes' is no boolean"),
                Arguments.of(BadChar.class, "x", "'xy' is no char"),
                Arguments.of(BadByte.class, "x", "'128' is no byte"),
                Arguments.of(BadConstant.class, "x", "'TWO' is no"),
                Arguments.of(BadInstant.class, "x", "'now' is no java.time.Instant"),
                Arguments.of(FineInstant.class, "x", "does not fit"),
                Arguments.of(BadDuration.class, "x", "'1 s' is no java.time.Duration"),
                Arguments.of(BadUuid.class, "x", "is no java.util.UUID"),
                Arguments.of(LongDefault.class, "x", "does not fit: needs 3 bytes"),
                Arguments.of(BadArray.class, "x", "'1.5' is no int"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void layout_ofWhatHasNone_saysWhereAndWhy(Class<?> type, String path, String reason) {
        for (int round = 0; round < 2; round++) {
            assertThatThrownBy(() -> RecordLayout.of(type, ByteOrder.LITTLE_ENDIAN, null))
                    .isInstanceOfSatisfying(
                            MappingLayoutException.class,
                            e -> {
                                assertThat(e.type()).isEqualTo(type.getName());
                                assertThat(e.component()).isEqualTo(path);
                                assertThat(e.reason()).contains(reason);
                            });
        }
    }

    record D1(int a, int b, int c, int d, int e, int f, int g, int h, int i, int j) {}

    record D2(D1 a, D1 b, D1 c, D1 d, D1 e, D1 f, D1 g, D1 h, D1 i, D1 j) {}

    record D3(D2 a, D2 b, D2 c, D2 d, D2 e, D2 f, D2 g, D2 h, D2 i, D2 j) {}

    record D4(D3 a, D3 b, D3 c, D3 d, D3 e, D3 f, D3 g, D3 h, D3 i, D3 j) {}

    record TooMany(D4 a, byte b) {}

    record NotTooMany(D4 a) {}

    @Test
    void layout_ofTenThousandColumns_isTheLargest() {
        assertThat(MappedLayout.of(NotTooMany.class).columns()).hasSize(10_000);
        assertThatThrownBy(() -> MappedLayout.of(TooMany.class))
                .isInstanceOf(MappingLayoutException.class)
                .hasMessageContaining("more than 10,000 components");
        MappedLayout layout = MappedLayout.of(NotTooMany.class);
        assertThat(MappedLayout.parse(layout.text())).isEqualTo(layout);
    }

    record Accessor(int x, String text) {
        @Capacity(3)
        @Override
        public String text() {
            return text;
        }
    }

    @Test
    void annotation_atTheAccessor_counts() {
        assertThat(MappedLayout.of(Accessor.class).text()).contains("4 5 text utf8");
    }

    record Largest(@Capacity(65_535) long[] a, @Capacity(65_535) long[] b, long c, long d) {}

    @Test
    void layout_ofOneMebibyte_isTheLargest() {
        assertThat(MappedLayout.of(Largest.class).strideBytes()).isEqualTo(1 << 20);
    }

    @Test
    void layout_ofLocalAndPrivateTypes_isReached() {
        record Local(int x, Hidden hidden) {}
        assertThat(MappedLayout.of(Local.class).columns()).hasSize(2);
        RecordLayout<Local> layout = RecordLayout.of(Local.class, ByteOrder.BIG_ENDIAN, null);
        Local value = new Local(3, new Hidden(4));
        MemorySegment segment = MemorySegment.ofArray(new byte[8]);
        layout.encode("x", segment, value);
        assertThat(PartHandles.read(layout, segment, 0)).isEqualTo(value);
        assertThat(segment.toArray(java.lang.foreign.ValueLayout.JAVA_BYTE))
                .containsExactly(0, 0, 0, 3, 0, 0, 0, 4);
    }

    private record Hidden(int y) {}

    @Test
    void layout_twice_isTheSame() {
        RecordLayout<Point> little =
                RecordLayout.of(Point.class, ByteOrder.LITTLE_ENDIAN, MethodHandles.lookup());
        assertThat(RecordLayout.of(Point.class, ByteOrder.LITTLE_ENDIAN, null)).isSameAs(little);
        RecordLayout<Point> big = RecordLayout.of(Point.class, ByteOrder.BIG_ENDIAN, null);
        assertThat(big).isNotSameAs(little);
        assertThat(big.layout().order()).isEqualTo(ByteOrder.BIG_ENDIAN);
        assertThat(big.layout().fingerprint()).isNotEqualTo(little.layout().fingerprint());
    }

    record Own(@MappedBy(Counted.class) Point a, @MappedBy(Counted.class) Point b) {}

    static final class Counted extends Sized {
        static int made;

        Counted() {
            made++;
        }
    }

    @Test
    void mappedBy_severalComponents_shareOneInstance() {
        MappedLayout.of(Own.class);
        MappedLayout.of(Own.class, ByteOrder.BIG_ENDIAN, null);
        assertThat(Counted.made).isEqualTo(1);
    }
}
