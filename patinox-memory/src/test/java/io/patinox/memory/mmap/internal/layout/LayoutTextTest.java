package io.patinox.memory.mmap.internal.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.mmap.ColumnKind;
import io.patinox.memory.mmap.MappedColumn;
import io.patinox.memory.mmap.MappedLayout;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The text of a layout: written, read, and refused.
class LayoutTextTest {
    private static final String GOOD =
            """
            patinox-layout 1
            order LITTLE_ENDIAN
            stride 24
            align 8
            0 8 id i64
            8 1 side enum BUY|SELL
            16 8 price f64
            """;

    private static final String WIDE =
            """
            patinox-layout 1
            order BIG_ENDIAN
            stride 120
            align 8
            0 1 a bool
            1 1 b i8
            2 2 c.d i16
            4 2 c.e u16
            8 4 f f32
            12 16 g i32[4]
            28 12 h utf8
            40 3 i latin1
            48 8 j instant NANOS
            56 12 k duration SECONDS_AND_NANOS
            68 16 l uuid
            88 8 m own a.b-c:d_E9
            96 3 n bool[3]
            100 4 o enum A
            """;

    @Test
    void parse_ofWritten_isTheSame() {
        for (String text : List.of(GOOD, WIDE)) {
            MappedLayout layout = MappedLayout.parse(text);
            assertThat(layout.text()).isEqualTo(text);
            assertThat(layout)
                    .isEqualTo(
                            MappedLayout.of(
                                    layout.order(),
                                    layout.strideBytes(),
                                    layout.alignment(),
                                    layout.columns()))
                    .hasToString(text)
                    .hasSameHashCodeAs(MappedLayout.parse(text));
        }
        MappedLayout layout = MappedLayout.parse(WIDE);
        assertThat(layout.order()).isEqualTo(ByteOrder.BIG_ENDIAN);
        assertThat(layout.strideBytes()).isEqualTo(120);
        assertThat(layout.columns().get(5))
                .isEqualTo(new MappedColumn("g", ColumnKind.INT, 12, 16, 4, ""));
        assertThat(layout.columns().get(11).detail()).isEqualTo("a.b-c:d_E9");
    }

    @Test
    void fingerprint_ofAText_isTheHeadOfItsSha256() {
        // printf 'abc' | sha256sum
        assertThat(LayoutText.fingerprint("abc")).isEqualTo(0xba7816bf8f01cfeaL);
        assertThat(MappedLayout.parse(GOOD).fingerprint()).isEqualTo(LayoutText.fingerprint(GOOD));
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("patinox-layout 1", "patinox-layout 2", 1, "'patinox-layout 1'"),
                Arguments.of("LITTLE_ENDIAN", "little", 2, "'order LITTLE_ENDIAN' or"),
                Arguments.of("stride 24", "stride 0", 3, "1 to 1,048,576"),
                Arguments.of("stride 24", "stride -8", 3, "and a number"),
                Arguments.of("stride 24", "stride 024", 3, "and a number"),
                Arguments.of("stride 24", "stride 1048584", 3, "1 to 1,048,576"),
                Arguments.of("stride 24", "stride 99999999999", 3, "and a number"),
                Arguments.of("stride 24", "stride 23", 3, "multiple of the alignment"),
                Arguments.of("stride 24", "stride ", 3, "and a number"),
                Arguments.of("stride 24", "stride 2\u0664", 3, "and a number"),
                Arguments.of("stride 24", "width 24", 3, "'stride ' and a number"),
                Arguments.of("align 8", "align 3", 4, "1, 2, 4 or 8"),
                Arguments.of("align 8", "align 0", 4, "1, 2, 4 or 8"),
                Arguments.of("align 8", "align 16", 4, "1, 2, 4 or 8"),
                Arguments.of("0 8 id i64", "0 8 id", 5, "an offset, a size, a name, a kind"),
                Arguments.of("0 8 id i64", "0 8 id i64 a b", 5, "an offset, a size"),
                Arguments.of("0 8 id i64", "0 8 id i64 ", 5, "without a space at its end"),
                Arguments.of("0 8 id i64", "0 8 id i64 x", 5, "without a detail"),
                Arguments.of("0 8 id i64", "0 4 id i64", 5, "of 8 bytes"),
                Arguments.of("0 8 id i64", "0 8 id i65", 5, "a known kind"),
                Arguments.of("0 8 id i64", "0 8 id i32[2", 5, "a number in brackets"),
                Arguments.of("0 8 id i64", "0 8 id i32[-2]", 5, "a number in brackets"),
                Arguments.of("0 8 id i64", "0 8 id i32[]", 5, "a number in brackets"),
                Arguments.of("0 8 id i64", "0 8 id i32[0]", 5, "an array of 1 to 65,535"),
                Arguments.of("0 8 id i64", "0 8 id i32[65536]", 5, "an array of 1 to 65,535"),
                Arguments.of("0 8 id i64", "0 8 id i32[3]", 5, "of 12 bytes"),
                Arguments.of("0 8 id i64", "0 8 i-d i64", 5, "Java identifiers"),
                Arguments.of("0 8 id i64", "0 8 i..d i64", 5, "Java identifiers"),
                Arguments.of("0 8 id i64", "0 8 .id i64", 5, "Java identifiers"),
                Arguments.of("0 8 id i64", "0 8 i\u0001d i64", 5, "Java identifiers"),
                Arguments.of("0 8 id i64", "0 8 " + "a".repeat(501) + " i64", 5, "500"),
                Arguments.of("0 8 id i64", "0 8 " + "a.".repeat(32) + "b i64", 5, "Java"),
                Arguments.of("0 8 id i64", "0 8 price i64", 7, "whose name is not taken"),
                Arguments.of("0 8 id i64", "0 8 price.x i64", 7, "whose name is not taken"),
                Arguments.of("16 8 price", "16 8 id.x", 7, "whose name is not taken"),
                Arguments.of("0 8 id i64", "-1 8 id i64", 5, "two numbers"),
                Arguments.of("0 8 id i64", "00 8 id i64", 5, "two numbers"),
                Arguments.of("0 8 id i64", "1 8 id i64", 6, "begins at 9 or later"),
                Arguments.of("16 8 price", "17 8 price", 7, "ends within the stride, 24"),
                Arguments.of("16 8 price", "9999999 8 price", 7, "ends within the stride"),
                Arguments.of("16 8 price", "4 8 price", 7, "begins at 9 or later"),
                Arguments.of("enum BUY|SELL", "enum", 6, "different Java identifiers"),
                Arguments.of("enum BUY|SELL", "enum BUY|BUY", 6, "different Java identifiers"),
                Arguments.of("enum BUY|SELL", "enum BUY|", 6, "different Java identifiers"),
                Arguments.of("enum BUY|SELL", "enum BUY|1", 6, "different Java identifiers"),
                Arguments.of("8 1 side", "8 3 side", 6, "of 1, 2 or 4 bytes"),
                Arguments.of("enum BUY|SELL", "enum[1] BUY", 6, "without a length"),
                Arguments.of("enum BUY|SELL", "utf8", 6, "of 3 to 65537 bytes"),
                Arguments.of("f64", "instant", 7, "with an encoding"),
                Arguments.of("f64", "instant HOURS", 7, "with an encoding"),
                Arguments.of("f64", "duration SECONDS_AND_NANOS", 7, "of 12 bytes"),
                Arguments.of("f64", "uuid", 7, "of 16 bytes"),
                Arguments.of("f64", "own", 7, "the name of a type"),
                Arguments.of("f64", "own a/b", 7, "the name of a type"),
                Arguments.of("f64\n", "f64", 7, "ended by a line feed"),
                Arguments.of("f64\n", "f64\n\n", 8, "an offset, a size"),
                Arguments.of("f64\n", "f64\r\n", 7, "a known kind"),
                Arguments.of(GOOD, "", 1, "'patinox-layout 1'"),
                Arguments.of(GOOD, "patinox-layout 1\n", 2, "order"),
                Arguments.of(GOOD.substring(GOOD.indexOf("0 8 id")), "", 5, "1 to 10,000 columns"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void parse_ofSomethingElse_namesLineAndReason(String part, String by, int line, String why) {
        assertThat(GOOD).contains(part);
        assertThatThrownBy(() -> MappedLayout.parse(GOOD.replace(part, by)))
                .isInstanceOfSatisfying(
                        InvalidOptionException.class,
                        e -> {
                            assertThat(e.option()).isEqualTo("layout text");
                            assertThat(e.bound()).contains(why).endsWith("in line " + line);
                        });
    }

    @Test
    void parse_ofTooMuch_isRefused() {
        StringBuilder many = new StringBuilder(GOOD.substring(0, GOOD.indexOf("0 8 id")));
        for (int i = 0; i < 10_001; i++) {
            many.append(i).append(" 1 c").append(i).append(" i8\n");
        }
        assertThatThrownBy(() -> MappedLayout.parse(many.toString()))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("10,000 columns at most in line 10005");
        assertThatThrownBy(() -> MappedLayout.parse("x".repeat(1 << 21)))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("1 MiB at most");
        assertThatThrownBy(() -> MappedLayout.parse("\u20ac".repeat(400_000)))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("1 MiB at most");
        assertThatThrownBy(() -> MappedLayout.parse("\n".repeat(1 << 20)))
                .isInstanceOf(InvalidOptionException.class);
        StringBuilder constants = new StringBuilder("A0");
        for (int i = 1; i <= 256; i++) {
            constants.append("|A").append(i);
        }
        assertThatThrownBy(() -> MappedLayout.parse(GOOD.replace("BUY|SELL", constants)))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("as many constants as its bytes can count");
    }

    @Test
    void parse_ofAnyMutation_isRefusedOrTheSame() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int accepted = 0;
        for (int i = 0; i < 20_000; i++) {
            String text = i % 2 == 0 ? GOOD : WIDE;
            for (int times = 1 + random.nextInt(3); times > 0; times--) {
                text = mutated(text, random);
            }
            try {
                MappedLayout layout = MappedLayout.parse(text);
                assertThat(layout.text()).as("seed %d", seed).isEqualTo(text);
                assertThat(layout.structLayout().byteSize()).isEqualTo(layout.strideBytes());
                accepted++;
            } catch (InvalidOptionException e) {
                assertThat(e.bound()).as("seed %d", seed).isNotEmpty();
            }
        }
        assertThat(accepted).as("seed %d", seed).isPositive();
    }

    private static String mutated(String text, Random random) {
        List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
        int line = random.nextInt(lines.size());
        int other = random.nextInt(lines.size());
        String of = lines.get(line);
        int at = random.nextInt(of.length() + 1);
        switch (random.nextInt(8)) {
            case 0 -> lines.remove(line);
            case 1 -> lines.add(other, of);
            case 2 -> Collections.swap(lines, line, other);
            case 3 -> lines.set(line, of.substring(0, at));
            case 4 -> lines.set(line, of.substring(0, at) + any(random) + of.substring(at));
            case 5 ->
                    lines.set(
                            line,
                            of.substring(0, at)
                                    + any(random)
                                    + of.substring(Math.min(of.length(), at + 1)));
            case 6 -> lines.set(line, of.replaceFirst("\\d+", number(random)));
            default -> lines.set(line, of.replaceAll("\\d+$", number(random)));
        }
        return String.join("\n", lines);
    }

    private static String any(Random random) {
        String some = " |[].\n\r\t\0-09azAZ_$\u00e9\ud83d\udfff\u2028";
        return random.nextBoolean()
                ? String.valueOf(some.charAt(random.nextInt(some.length())))
                : String.valueOf((char) random.nextInt(0x10000));
    }

    private static String number(Random random) {
        List<String> some =
                List.of("0", "1", "-1", "7", "2147483647", "4294967296", "9999999", "0x1", "");
        return random.nextInt(3) == 0
                ? some.get(random.nextInt(some.size()))
                : String.valueOf(random.nextInt(64));
    }

    @Test
    void of_columns_areChecked() {
        MappedColumn id = new MappedColumn("id", ColumnKind.LONG, 0, 8, -1, "");
        ByteOrder order = ByteOrder.BIG_ENDIAN;
        assertThat(MappedLayout.of(order, 9, 1, List.of(id)).structLayout().byteSize())
                .isEqualTo(9);
        refused(9, 8, List.of(id), "strideBytes");
        refused(8, 5, List.of(id), "alignment");
        refused(8, -8, List.of(id), "alignment");
        refused(0, 8, List.of(id), "strideBytes");
        refused(Integer.MIN_VALUE, 8, List.of(id), "strideBytes");
        refused(8, 8, List.of(), "columns");
        refused(16, 8, List.of(id, id), "columns[1]");
        refused(16, 8, Arrays.asList(id, null), "columns");
        MappedColumn far = new MappedColumn("a", ColumnKind.BYTE, Integer.MAX_VALUE, 1, -1, "");
        refused(16, 8, List.of(far), "columns[0]");
        MappedColumn before = new MappedColumn("a", ColumnKind.BYTE, -1, 1, -1, "");
        refused(16, 8, List.of(before), "columns[0]");
        MappedColumn large = new MappedColumn("a", ColumnKind.LONG, 0, 8, 1 << 30, "");
        refused(16, 8, List.of(large), "columns[0]");
        MappedColumn spaced = new MappedColumn("a", ColumnKind.OWN, 0, 8, -1, "a b");
        refused(16, 8, List.of(spaced), "columns[0]");
        assertThatThrownBy(() -> new MappedColumn(null, ColumnKind.OWN, 0, 8, -1, ""))
                .isInstanceOf(InvalidOptionException.class);
        assertThatThrownBy(() -> MappedLayout.of(null, 8, 8, List.of(id)))
                .isInstanceOf(InvalidOptionException.class);
        List<MappedColumn> long10000 = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            String name = "a".repeat(200) + i;
            long10000.add(new MappedColumn(name, ColumnKind.BYTE, i, 1, -1, ""));
        }
        refused(10_000, 8, long10000, "columns");
    }

    private static void refused(int stride, int align, List<MappedColumn> columns, String option) {
        assertThatThrownBy(() -> MappedLayout.of(ByteOrder.BIG_ENDIAN, stride, align, columns))
                .isInstanceOfSatisfying(
                        InvalidOptionException.class,
                        e -> assertThat(e.option()).isEqualTo(option));
    }

    @Test
    void struct_ofALayout_hasItsPlaces() {
        MappedLayout layout = MappedLayout.parse(WIDE);
        MemoryLayout struct = layout.structLayout();
        assertThat(struct.byteSize()).isEqualTo(120);
        assertThat(struct.byteAlignment()).isEqualTo(8);
        for (MappedColumn column : layout.columns()) {
            PathElement name = PathElement.groupElement(column.path());
            assertThat(struct.byteOffset(name)).isEqualTo(column.offset());
            assertThat(struct.select(name).byteSize()).isEqualTo(column.byteSize());
        }
        assertThat(struct.select(PathElement.groupElement("f")))
                .isEqualTo(ValueLayout.JAVA_FLOAT.withOrder(ByteOrder.BIG_ENDIAN).withName("f"));
        assertThat(MappedLayout.parse(GOOD.replace("align 8", "align 1")).structLayout())
                .satisfies(packed -> assertThat(packed.byteAlignment()).isEqualTo(1));
    }
}
