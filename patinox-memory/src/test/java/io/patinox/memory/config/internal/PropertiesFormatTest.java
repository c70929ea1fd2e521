package io.patinox.memory.config.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.config.ConfigFormat;
import io.patinox.memory.config.ConfigNode;
import io.patinox.memory.config.ConfigNode.Scalar;
import io.patinox.memory.config.ConfigNode.Table;
import io.patinox.memory.config.Origin;
import io.patinox.memory.error.ConfigSyntaxException;
import io.patinox.memory.error.InvalidOptionException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PropertiesFormatTest {

    private static final ConfigFormat FORMAT = ConfigFormat.properties();

    private static Table parse(String text) {
        return FORMAT.parse(text.getBytes(StandardCharsets.UTF_8), "file a.properties");
    }

    private static Object value(Table table, String path) {
        return ((Scalar) table.at(path)).value();
    }

    @Test
    void text_ofEveryForm_isRead() {
        Table tree =
                parse(
                        "# comment \\\n! other\n\r\n  a.b = x y \r\nc:d\ne f\\\n   g\\\r\n h\n"
                                + "l[1]=two\nl[0]=one\nk\\=\\u0041 = \\t\\n\\r\\f\\q\n"
                                + " m \\\n = 1\nempty\nz=\\");

        assertThat(value(tree, "a.b")).isEqualTo("x y ");
        assertThat(value(tree, "c")).isEqualTo("d");
        assertThat(value(tree, "e")).isEqualTo("fgh");
        assertThat(tree.at("l"))
                .isInstanceOfSatisfying(
                        ConfigNode.Sequence.class,
                        l ->
                                assertThat(l.items())
                                        .extracting(item -> ((Scalar) item).value())
                                        .containsExactly("one", "two"));
        assertThat(value(tree, "k=A")).isEqualTo("\t\n\r\fq");
        assertThat(value(tree, "m")).isEqualTo("1");
        assertThat(value(tree, "empty")).isEqualTo("");
        assertThat(value(tree, "z")).isEqualTo("");
        assertThat(tree.at("c").origin()).hasToString("file a.properties:5:1");
        assertThat(tree.at("m").origin().line()).isEqualTo(12);
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                Arguments.of(
                        "a=1\nb=secret\na=2", ":3:1: the key 'a' was given before, at file x:1:1"),
                Arguments.of("a=1\na.b=2", ":2:1: the key 'a.b' says two kinds of value"),
                Arguments.of("a.b=1\na=2", ":2:1: the key 'a' says two kinds of value"),
                Arguments.of("a[0]=1\na.b=2", ":2:1: the key 'a.b' says two kinds"),
                Arguments.of("a..b=1", ":1:1: a key is names joined by dots"),
                Arguments.of("=1", ":1:1: a key is names"),
                Arguments.of("a[x]=1", ":1:1: a key is names"),
                Arguments.of("a[]=1", ":1:1: a key is names"),
                Arguments.of("a[0]b=1", ":1:1: a key is names"),
                Arguments.of("a[12345678]=1", ":1:1: a key is names"),
                Arguments.of("[0]=1", ":1:1: a key is names"),
                Arguments.of("a=\\u00g0", ":1: \\u needs four"),
                Arguments.of("a=\\u0", ":1: \\u needs four"),
                Arguments.of("a=1\nb=\0", ":2:3: is binary"),
                Arguments.of("a.".repeat(10_000) + "b=1", ":1:1: is nested deeper than 64"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void text_ofAnotherForm_isRefusedWithItsLine(String text, String message) {
        assertThatExceptionOfType(ConfigSyntaxException.class)
                .isThrownBy(() -> FORMAT.parse(text.getBytes(StandardCharsets.UTF_8), "file x"))
                .withMessageContaining("file x" + message)
                .withMessageNotContaining("secret");
    }

    @Test
    void bytes_thatAreNoText_areRefused() {
        assertThat(parse("").entries()).isEmpty();
        assertThat(parse("\uFEFFa=1").entries()).containsOnlyKeys("a");
        assertThatExceptionOfType(ConfigSyntaxException.class)
                .isThrownBy(() -> FORMAT.parse(new byte[] {'a', '=', '\n', (byte) 0xff, 'x'}, "s"))
                .withMessageContaining("s:2:1: is not UTF-8");
        assertThatExceptionOfType(ConfigSyntaxException.class)
                .isThrownBy(() -> FORMAT.parse(new byte[] {'a', (byte) 0xc3}, "s"))
                .withMessageContaining("s:1:2: is not UTF-8");
        assertThatExceptionOfType(ConfigSyntaxException.class)
                .isThrownBy(() -> FORMAT.parse(new byte[17 << 20], "s"))
                .withMessageContaining("has 17,825,792 bytes, the limit is 16,777,216");
        byte[] long10 = "a=b\n#".concat("x".repeat(10_000_000)).getBytes(StandardCharsets.UTF_8);
        assertThat(FORMAT.parse(long10, "s").entries()).hasSize(1);
    }

    @Test
    void random_textsOfTheJdk_areReadAsTheJdkDoes() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            Properties expected = new Properties();
            for (int j = random.nextInt(5); j > 0; j--) {
                expected.setProperty(
                        "k" + random(random).replace('.', '-').replace('[', '-'), random(random));
            }
            StringWriter text = new StringWriter();
            expected.store(text, random(random));
            Properties again = new Properties();
            again.load(new StringReader(text.toString()));

            Table tree = parse(text.toString());

            assertThat(tree.entries()).as("seed %d", seed).hasSameSizeAs(again);
            again.forEach((k, v) ->
                    assertThat(((Scalar) tree.entries().get(k)).value())
                            .as("seed %d", seed)
                            .isEqualTo(v));
            Table written = FORMAT.parse(FORMAT.write(tree), "again");
            assertThat(written.sameContent(tree)).as("seed %d: %s", seed, text).isTrue();
        }
    }

    private static String random(Random random) {
        String letters = "ab.=: \\\t\n\r#![0]é\u2028\uFEFF\u0001😀";
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            int at = random.nextInt(letters.length() - 1);
            text.append(
                    letters.charAt(at) > 0xd000 && letters.charAt(at) < 0xe000
                            ? "😀"
                            : letters.substring(at, at + 1));
        }
        return text.toString();
    }

    @Test
    void write_aTreeOfAllKinds_isReadAgain() {
        Table tree =
                TestTrees.tree(
                        "a", Map.of("b", 1L),
                        "list", List.of("x", Map.of("y", true), List.of("z")),
                        "nothing", null);

        assertThat(new String(FORMAT.write(tree), StandardCharsets.UTF_8))
                .isEqualTo("a.b = 1\nlist[0] = x\nlist[1].y = true\nlist[2][0] = z\nnothing = \n");
        for (String name : List.of("", "a.b", "a[0]")) {
            assertThatThrownBy(() -> FORMAT.write(TestTrees.tree(name, 1L)))
                    .isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Test
    void formats_byTheEndOfAName_areFound() {
        assertThat(ConfigFormat.forFileName("A.PROPERTIES")).isSameAs(FORMAT);
        assertThat(ConfigFormat.installed()).contains(FORMAT);
        assertThat(FORMAT.name()).isEqualTo("properties");
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> ConfigFormat.forFileName("app.hocon"))
                .withMessageContaining("of a known format (.properties");
        ConfigFormat reader =
                new ConfigFormat() {
                    @Override
                    public String name() {
                        return "odd";
                    }

                    @Override
                    public java.util.Set<String> extensions() {
                        return java.util.Set.of();
                    }

                    @Override
                    public Table parse(byte[] content, String source) {
                        return Table.empty(Origin.of(source));
                    }
                };
        assertThatThrownBy(() -> reader.write(Table.empty(Origin.of("x"))))
                .hasMessage("the format odd can only be read");
    }
}
