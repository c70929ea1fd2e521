package io.patinox.memory.mmap.internal.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.error.MappingLayoutException;
import io.patinox.memory.error.MappingValueException;
import io.patinox.memory.mmap.Capacity;
import io.patinox.memory.mmap.Encoded;
import io.patinox.memory.mmap.Encoding;
import io.patinox.memory.mmap.Latin1;
import io.patinox.memory.mmap.MappableType;
import io.patinox.memory.mmap.MappedBy;
import io.patinox.memory.mmap.Packed;
import io.patinox.memory.mmap.Width;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every kind of component, there and back in both orders, and what is no value of it.
class KindsTest {
    private static final List<ByteOrder> ORDERS =
            List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);

    enum Side {
        BUY,
        SELL {
            @Override
            public String toString() {
                return "a class of its own";
            }
        }
    }

    record Numbers(byte a, short b, char c, int d, long e, float f, double g, boolean h) {}

    record Text(@Capacity(10) String utf8, @Capacity(10) @Latin1 String latin1) {}

    record Sides(Side plain, @Width(2) Side two, @Width(4) Side four) {}

    record Uuid(byte before, UUID id) {}

    record Moments(
            @Encoded(Encoding.SECONDS) Instant seconds,
            @Encoded(Encoding.MILLIS) Instant millis,
            @Encoded(Encoding.MICROS) Instant micros,
            @Encoded(Encoding.NANOS) Instant nanos,
            @Encoded(Encoding.SECONDS_AND_NANOS) Instant both) {}

    record Spans(
            @Encoded(Encoding.SECONDS) Duration seconds,
            @Encoded(Encoding.MILLIS) Duration millis,
            @Encoded(Encoding.MICROS) Duration micros,
            @Encoded(Encoding.NANOS) Duration nanos,
            @Encoded(Encoding.SECONDS_AND_NANOS) Duration both) {}

    record Arrays8(
            @Capacity(2) byte[] a,
            @Capacity(2) short[] b,
            @Capacity(2) char[] c,
            @Capacity(2) int[] d,
            @Capacity(2) long[] e,
            @Capacity(2) float[] f,
            @Capacity(2) double[] g,
            @Capacity(2) boolean[] h) {}

    record Owned(byte before, @MappedBy(Cents.class) BigDecimal price) {}

    static final class Cents implements MappableType<BigDecimal> {
        @Override
        public String name() {
            return "cents";
        }

        @Override
        public Class<BigDecimal> type() {
            return BigDecimal.class;
        }

        @Override
        public int byteSize() {
            return 8;
        }

        @Override
        public int byteAlignment() {
            return 8;
        }

        @Override
        public BigDecimal read(MemorySegment segment, ByteOrder order) {
            assertThat(segment.byteSize()).isEqualTo(8);
            long cents = segment.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order), 0);
            if (cents == 666) {
                return null;
            }
            if (cents < 0) {
                throw new IllegalArgumentException("below zero");
            }
            return BigDecimal.valueOf(cents, 2);
        }

        @Override
        public void write(MemorySegment segment, ByteOrder order, BigDecimal value) {
            assertThat(segment.byteSize()).isEqualTo(8);
            segment.set(ValueLayout.JAVA_LONG.withOrder(order), 0, 99);
            if (value.signum() < 0) {
                throw new IllegalArgumentException("below zero");
            }
            segment.set(
                    ValueLayout.JAVA_LONG.withOrder(order), 0, value.unscaledValue().longValue());
        }
    }

    static Stream<Record> values() {
        UUID id = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
        Instant whole = Instant.ofEpochSecond(-7);
        return Stream.of(
                new Numbers((byte) -1, (short) -2, 'x', -4, -5, 1.5f, Math.PI, true),
                new Text("", ""),
                new Text("a\u00e9\u20ac\ud83d\ude00", "a\u00e9\u00ff0123456"),
                new Text("\ufffd", "?"),
                new Sides(Side.BUY, Side.SELL, Side.BUY),
                new Sides(Side.SELL, Side.BUY, Side.SELL),
                new Uuid((byte) 1, id),
                new Moments(whole, whole, whole, whole, whole),
                new Moments(
                        Instant.MAX.minusNanos(Instant.MAX.getNano()),
                        Instant.ofEpochMilli(Long.MIN_VALUE),
                        Instant.ofEpochSecond(-1, 999_999_000),
                        Instant.ofEpochSecond(0, Long.MIN_VALUE),
                        Instant.MIN),
                new Moments(
                        Instant.MIN,
                        Instant.ofEpochMilli(Long.MAX_VALUE),
                        Instant.ofEpochSecond(1, 1_000),
                        Instant.ofEpochSecond(0, Long.MAX_VALUE),
                        Instant.MAX),
                new Spans(
                        Duration.ofSeconds(Long.MIN_VALUE),
                        Duration.ofMillis(Long.MIN_VALUE),
                        Duration.ofNanos(-1_000),
                        Duration.ofNanos(Long.MIN_VALUE),
                        Duration.ofSeconds(Long.MIN_VALUE, 1)),
                new Spans(
                        Duration.ofSeconds(Long.MAX_VALUE),
                        Duration.ofMillis(Long.MAX_VALUE),
                        Duration.ofNanos(1_000),
                        Duration.ofNanos(Long.MAX_VALUE),
                        Duration.ofSeconds(Long.MAX_VALUE, 999_999_999)),
                new Owned((byte) 3, new BigDecimal("12.34")));
    }

    @ParameterizedTest
    @MethodSource("values")
    <T extends Record> void component_anyValue_comesBack(T value) {
        @SuppressWarnings("unchecked")
        Class<T> type = (Class<T>) value.getClass();
        for (ByteOrder order : ORDERS) {
            RecordLayout<T> layout = RecordLayout.of(type, order, null);
            byte[] dirty = new byte[layout.layout().strideBytes() + 14];
            Arrays.fill(dirty, (byte) 0x5a);
            MemorySegment segment = MemorySegment.ofArray(dirty);
            PartHandles.write(layout, segment, 7, value);
            assertThat(PartHandles.read(layout, segment, 7)).isEqualTo(value);
            assertThat(dirty).startsWith(0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a);
            assertThat(dirty).endsWith(0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a);

            byte[] clean = new byte[layout.layout().strideBytes() + 3];
            PartHandles.write(layout, MemorySegment.ofArray(clean), 3, value);
            Arrays.fill(dirty, (byte) 0x5a);
            layout.encode("test.map", segment.asSlice(1), value);
            assertThat(Arrays.copyOfRange(dirty, 1, dirty.length - 13))
                    .isEqualTo(Arrays.copyOfRange(clean, 3, clean.length));
        }
    }

    @Test
    void array_ofEachPrimitive_comesBack() {
        Arrays8 value =
                new Arrays8(
                        new byte[] {1, -2},
                        new short[] {3, -4},
                        new char[] {'a', '\uffff'},
                        new int[] {5, -6},
                        new long[] {7, -8},
                        new float[] {1, 2},
                        new double[] {3, 4},
                        new boolean[] {true, false});
        for (ByteOrder order : ORDERS) {
            RecordLayout<Arrays8> layout = RecordLayout.of(Arrays8.class, order, null);
            MemorySegment segment =
                    MemorySegment.ofArray(new byte[layout.layout().strideBytes() + 1]);
            PartHandles.write(layout, segment, 1, value);
            assertThat(PartHandles.read(layout, segment, 1))
                    .usingRecursiveComparison()
                    .isEqualTo(value);
        }
    }

    @Test
    void bytes_ofEachKind_areAsDescribed() {
        assertThat(bytes(new Text("a\u00e9", "\u00e9"), ByteOrder.BIG_ENDIAN))
                .containsExactly(
                        0, 3, 'a', 0xc3, 0xa9, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0xe9, 0, 0, 0, 0, 0, 0, 0,
                        0, 0);
        assertThat(bytes(new Text("a", ""), ByteOrder.LITTLE_ENDIAN)).startsWith(1, 0, 'a');
        assertThat(bytes(new Sides(Side.SELL, Side.SELL, Side.SELL), ByteOrder.BIG_ENDIAN))
                .containsExactly(1, 0, 0, 1, 0, 0, 0, 1);
        UUID id = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
        assertThat(bytes(new Uuid((byte) 9, id), ByteOrder.LITTLE_ENDIAN))
                .containsExactly(
                        9, 0, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb,
                        0xcc, 0xdd, 0xee, 0xff);
    }

    private static <T extends Record> byte[] bytes(T value, ByteOrder order) {
        @SuppressWarnings("unchecked")
        Class<T> type = (Class<T>) value.getClass();
        RecordLayout<T> layout = RecordLayout.of(type, order, null);
        byte[] bytes = new byte[layout.layout().strideBytes()];
        layout.encode("test.map", MemorySegment.ofArray(bytes), value);
        return bytes;
    }

    /// Writes a value into memory that is not zero, and checks that the error says what is wrong,
    /// and that nothing was written.
    private static void refused(Class<?> type, String component, Object value, String reason) {
        RecordLayout<?> layout = RecordLayout.of(type, ByteOrder.LITTLE_ENDIAN, null);
        Part.Coded part = (Part.Coded) PartHandles.part(layout, component);
        byte[] bytes = new byte[part.column().byteSize()];
        Arrays.fill(bytes, (byte) 0x5a);
        Body body = new Body("x.map", null);
        assertThatThrownBy(() ->
                        PartHandles.call(
                                part.write(), body, MemorySegment.ofArray(bytes), 0L, value))
                .isInstanceOfSatisfying(
                        MappingValueException.class,
                        e -> {
                            assertThat(e.file()).isEqualTo("x.map");
                            assertThat(e.column()).isEqualTo(component);
                            assertThat(e.reason()).contains(reason);
                        });
        assertThat(bytes).containsOnly(0x5a);
    }

    /// Checks that bytes are no value.
    private static void unreadable(Class<?> type, String component, byte[] bytes, String reason) {
        RecordLayout<?> layout = RecordLayout.of(type, ByteOrder.LITTLE_ENDIAN, null);
        Part.Coded part = (Part.Coded) PartHandles.part(layout, component);
        byte[] all = Arrays.copyOf(bytes, part.column().byteSize());
        Body body = new Body("x.map", null);
        assertThatThrownBy(
                        () -> PartHandles.call(part.read(), body, MemorySegment.ofArray(all), 0L))
                .isInstanceOfSatisfying(
                        MappingValueException.class,
                        e -> {
                            assertThat(e.file()).isEqualTo("x.map");
                            assertThat(e.column()).isEqualTo(component);
                            assertThat(e.reason()).contains(reason);
                        });
    }

    @Test
    void write_whatDoesNotFit_isRefusedBeforeAByte() {
        refused(Text.class, "utf8", null, "null");
        refused(Text.class, "latin1", null, "null");
        refused(Text.class, "utf8", "12345678901", "needs 11 bytes, and has room for 10");
        refused(Text.class, "utf8", "\u20ac\u20ac\u20ac\u20ac", "needs 12 bytes");
        refused(Text.class, "utf8", "a\ud800", "half a character at 1");
        refused(Text.class, "utf8", "\ud800b", "half a character at 0");
        refused(Text.class, "utf8", "ab\udc00", "half a character at 2");
        refused(Text.class, "latin1", "12345678901", "needs 11 bytes");
        refused(Text.class, "latin1", "a\u0100", "character at 1 that ISO 8859-1 has not");
        refused(Sides.class, "plain", null, "null");
        refused(Uuid.class, "id", null, "null");
        refused(Owned.class, "price", null, "null");
        refused(Owned.class, "price", new BigDecimal("-1.00"), "below zero");
        refused(Arrays8.class, "a", null, "null");
        refused(Arrays8.class, "h", null, "null");
        refused(Arrays8.class, "d", new int[3], "has 3 elements, and must have 2");
        refused(Arrays8.class, "h", new boolean[1], "has 1 elements, and must have 2");
    }

    @Test
    void write_timeThatDoesNotFit_isRefusedBeforeAByte() {
        Instant fine = Instant.ofEpochSecond(1, 1);
        for (String component : List.of("seconds", "millis", "micros")) {
            refused(Moments.class, component, fine, "nothing is rounded");
            refused(Spans.class, component, Duration.ofNanos(1), "nothing is rounded");
        }
        for (String component : List.of("seconds", "millis", "micros", "nanos", "both")) {
            refused(Moments.class, component, null, "null");
            refused(Spans.class, component, null, "null");
        }
        refused(Moments.class, "micros", Instant.MIN, "does not fit MICROS");
        refused(Moments.class, "nanos", Instant.MAX, "does not fit NANOS");
        Instant above = Instant.ofEpochSecond(0, Long.MAX_VALUE).plusNanos(1);
        refused(Moments.class, "nanos", above, "does not fit NANOS");
        Instant below = Instant.ofEpochSecond(0, Long.MIN_VALUE).minusNanos(1);
        refused(Moments.class, "nanos", below, "does not fit NANOS");
        refused(Spans.class, "millis", Duration.ofSeconds(Long.MIN_VALUE), "does not fit MILLIS");
    }

    @Test
    void read_bytesThatAreNoValue_areRefused() {
        unreadable(Numbers.class, "h", new byte[] {2}, "is 2, and a boolean is 0 or 1");
        unreadable(Numbers.class, "h", new byte[] {-1}, "is -1");
        unreadable(Arrays8.class, "h", new byte[] {1, 3}, "is 3");
        unreadable(Sides.class, "plain", new byte[] {2}, "is number 2 of 2 constants");
        unreadable(Sides.class, "plain", new byte[] {-1}, "is number 255");
        unreadable(Sides.class, "two", new byte[] {-1, -1}, "is number 65535");
        unreadable(Sides.class, "four", new byte[] {-1, -1, -1, -1}, "is number 4294967295");
        unreadable(Text.class, "utf8", new byte[] {11}, "says to have 11 bytes of 10");
        unreadable(Text.class, "latin1", new byte[] {-1, -1}, "says to have 65535 bytes");
        unreadable(Text.class, "utf8", new byte[] {1, 0, -1}, "not UTF-8");
        unreadable(Text.class, "utf8", new byte[] {1, 0, (byte) 0xc3}, "not UTF-8");
        byte[] surrogate = {3, 0, (byte) 0xed, (byte) 0xa0, (byte) 0x80};
        unreadable(Text.class, "utf8", surrogate, "not UTF-8");
        byte[] nanos = {0, 0, 0, 0, 0, 0, 0, 0, -1, -1, -1, -1};
        unreadable(Moments.class, "both", nanos, "has -1 nanoseconds");
        unreadable(Spans.class, "both", nanos, "has -1 nanoseconds");
        byte[] billion = {0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xca, (byte) 0x9a, 0x3b};
        unreadable(Moments.class, "both", billion, "has 1000000000 nanoseconds");
        byte[] far = {0, 0, 0, 0, 0, 0, 0, 0x7f};
        unreadable(Moments.class, "seconds", far, "beyond what an Instant can be");
        unreadable(Moments.class, "both", far, "beyond what an Instant can be");
        byte[] negative = {0, 0, 0, 0, 0, 0, 0, -1};
        unreadable(Owned.class, "price", negative, "below zero");
        byte[] none = {(byte) 0x9a, 2, 0, 0, 0, 0, 0, 0};
        unreadable(Owned.class, "price", none, "cents read null");
    }

    @Test
    void read_own_keepsTheCause() {
        Part.Coded part =
                (Part.Coded)
                        PartHandles.part(
                                RecordLayout.of(Owned.class, ByteOrder.BIG_ENDIAN, null), "price");
        assertThat(part.column().offset()).isEqualTo(8);
        assertThatThrownBy(() ->
                        PartHandles.call(
                                part.read(),
                                new Body("x", null),
                                MemorySegment.ofArray(new byte[] {-1, 0, 0, 0, 0, 0, 0, 0}),
                                0L))
                .isInstanceOf(MappingValueException.class)
                .hasCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void utf8_everyCodePoint_comesBackAsJavaReadsIt() {
        Part.Coded part =
                (Part.Coded)
                        PartHandles.part(
                                RecordLayout.of(Text.class, ByteOrder.LITTLE_ENDIAN, null), "utf8");
        Body body = new Body("x", null);
        byte[] bytes = new byte[12];
        MemorySegment segment = MemorySegment.ofArray(bytes);
        for (int c = 0; c <= Character.MAX_CODE_POINT; c += c < 0x3000 ? 1 : 97) {
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                continue;
            }
            String value = Character.toString(c) + "!";
            PartHandles.call(part.write(), body, segment, 0L, value);
            assertThat(Arrays.copyOfRange(bytes, 2, 2 + bytes[0]))
                    .isEqualTo(value.getBytes(StandardCharsets.UTF_8));
            assertThat(PartHandles.call(part.read(), body, segment, 0L)).isEqualTo(value);
        }
    }

    @Packed
    record Tight(byte a, long b, @Capacity(3) String c, Inner d) {}

    record Inner(byte a, int b) {}

    record Loose(byte a, Inner b, byte c, long d, byte e) {}

    @Test
    void layout_packedOrNot_hasTheRightPlaces() {
        assertThat(layout(Tight.class))
                .isEqualTo(
                        """
                        patinox-layout 1
                        order LITTLE_ENDIAN
                        stride 19
                        align 1
                        0 1 a i8
                        1 8 b i64
                        9 5 c utf8
                        14 1 d.a i8
                        15 4 d.b i32
                        """);
        assertThat(layout(Loose.class))
                .isEqualTo(
                        """
                        patinox-layout 1
                        order LITTLE_ENDIAN
                        stride 40
                        align 8
                        0 1 a i8
                        4 1 b.a i8
                        8 4 b.b i32
                        12 1 c i8
                        16 8 d i64
                        24 1 e i8
                        """
                                .replace("stride 40", "stride 32"));
    }

    private static String layout(Class<?> type) {
        return RecordLayout.of(type, ByteOrder.LITTLE_ENDIAN, null).layout().text();
    }

    record Deep(Owned owned, @MappedBy(Other.class) int number) {}

    static final class Other implements MappableType<Integer> {
        @Override
        public String name() {
            return "other";
        }

        @Override
        public Class<Integer> type() {
            return int.class;
        }

        @Override
        public int byteSize() {
            return 3;
        }

        @Override
        public Integer read(MemorySegment segment, ByteOrder order) {
            return (int) segment.get(ValueLayout.JAVA_BYTE, 2);
        }

        @Override
        public void write(MemorySegment segment, ByteOrder order, Integer value) {
            segment.set(ValueLayout.JAVA_BYTE, 2, value.byteValue());
        }
    }

    @Test
    void own_primitiveAndNested_comesBack() {
        RecordLayout<Deep> layout = RecordLayout.of(Deep.class, ByteOrder.BIG_ENDIAN, null);
        Deep value = new Deep(new Owned((byte) 1, BigDecimal.ONE.setScale(2)), 5);
        byte[] bytes = new byte[layout.layout().strideBytes()];
        Arrays.fill(bytes, (byte) 0x5a);
        layout.encode("x", MemorySegment.ofArray(bytes), value);
        assertThat(PartHandles.read(layout, MemorySegment.ofArray(bytes), 0)).isEqualTo(value);
        assertThat(Arrays.copyOfRange(bytes, 16, 24)).containsExactly(0, 0, 5, 0, 0, 0, 0, 0);
        assertThatThrownBy(() ->
                        layout.encode("x.map", MemorySegment.ofArray(bytes), new Deep(null, 1)))
                .isInstanceOfSatisfying(
                        MappingValueException.class,
                        e -> assertThat(e.column()).isEqualTo("owned"));
    }

    @Test
    void type_ofJava_isNoRecord() {
        assertThatThrownBy(() -> RecordLayout.of(String.class, ByteOrder.LITTLE_ENDIAN, null))
                .isInstanceOf(MappingLayoutException.class)
                .hasMessageContaining("neither a record nor an interface");
    }
}
