package io.patinox.config.formats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.config.ConfigFormat;
import io.patinox.memory.config.ConfigNode.Scalar;
import io.patinox.memory.config.ConfigNode.Sequence;
import io.patinox.memory.config.ConfigNode.Table;
import io.patinox.memory.error.ConfigSyntaxException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JsonAndTomlTest {

    private static final ConfigFormat JSON = new JsonFormat();
    private static final ConfigFormat TOML = new TomlFormat();

    @Test
    void json_ofAllKinds_isReadWithPlaces() {
        Table tree =
                FormatsTest.parse(
                        JSON,
                        "{\"a\": {\"b\": [1, null,\n  false]},\n \"n\": 123456789012345678901}");

        assertThat(tree.at("a.b").origin()).hasToString("file x:1:13");
        assertThat(((Sequence) tree.at("a.b")).items().get(2).origin()).hasToString("file x:2:3");
        assertThat(((Scalar) tree.at("n")).value())
                .isEqualTo(new BigInteger("123456789012345678901"));
    }

    @Test
    void toml_ofAllKinds_isReadWithPlaces() {
        Table tree =
                FormatsTest.parse(
                        TOML,
                        "a = 1 # one\n\"b c\".d = '''x\n'y'''\n  [db]\n  url = \"a=\\\"[\" \n"
                                + "pool = { max = 2, list = [ { q = 1 },\n  { q = 2 } ] }\n"
                                + "[[srv]]\nname = 'a'\n[srv.x]\ny = 1\n[[srv]]\n"
                                + "name = \"\"\"b\"\"\"\n"
                                + "when = 2030-01-31T08:00:00Z\nhex = 0x1F\nreal = -inf\n");

        assertThat(tree.at("a").origin()).hasToString("file x:1:1");
        assertThat(tree.at("b c.d").origin()).hasToString("file x:2:1");
        assertThat(tree.at("db").origin()).hasToString("file x:4:3");
        assertThat(tree.at("db.url").origin()).hasToString("file x:5:3");
        assertThat(tree.at("db.pool.max").origin()).hasToString("file x:6:10");
        Sequence list = (Sequence) tree.at("db.pool.list");
        assertThat(((Table) list.items().get(1)).at("q").origin()).hasToString("file x:7:5");
        Sequence servers = (Sequence) tree.at("srv");
        assertThat(((Table) servers.items().get(0)).at("x.y").origin()).hasToString("file x:11:1");
        Table second = (Table) servers.items().get(1);
        assertThat(second.at("name").origin()).hasToString("file x:13:1");
        assertThat(((Scalar) second.at("when")).value()).isEqualTo("2030-01-31T08:00:00Z");
        assertThat(((Scalar) second.at("hex")).value()).isEqualTo(31L);
        assertThat(((Scalar) second.at("real")).value()).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                Arguments.of(JSON, "[1]", ":1:1: must be a table"),
                Arguments.of(JSON, "{} {}", ":1:4: has more after its end"),
                Arguments.of(
                        JSON, "{\"a\": 1,\n \"a\": 2}", ":2:2: the key 'a' was given before, at"),
                Arguments.of(JSON, "{\"a\": 1,}", ":1:9: is not valid JSON here"),
                Arguments.of(JSON, "{// no\n}", ":1:"),
                Arguments.of(JSON, "{\"a\": ", ":1:"),
                Arguments.of(JSON, "{\"a\": NaN}", ":1:"),
                Arguments.of(JSON, "{\"a\": " + "[".repeat(10_000), "deeper than 64"),
                Arguments.of(JSON, "{\"a\": ".repeat(10_000), "deeper than 64"),
                Arguments.of(JSON, "{\"a\": " + "1".repeat(2_000) + "}", "is not valid JSON here"),
                Arguments.of(JSON, "{\"a\": 1e99999999999}", ":1:7: is a number beyond all limits"),
                Arguments.of(
                        TOML, "a = 1\na = 2", ":2:1: the key 'a' was given before, at file x:1:1"),
                Arguments.of(TOML, "[a]\n[a]", ":2:1: the key 'a' was given before, at file x:1:1"),
                Arguments.of(TOML, "a = 1\n[a]\nb = 1", ":2:1: the key 'a' was given before"),
                Arguments.of(TOML, "a = 1\n[a.b]", ":2:1: the key 'a' was given before"),
                Arguments.of(TOML, "a = {}\n[a.b]", ":2:1: the key 'a' was given before"),
                Arguments.of(TOML, "a = {}\na.b = 1", ":2:1: the key 'a' was given before"),
                Arguments.of(TOML, "[a]\nb.c = 1\n[a.b]", ":3:1: the key 'b' was given before"),
                Arguments.of(TOML, "[a.b]\n[a]\nb.c = 1", ":3:1: the key 'b' was given before"),
                Arguments.of(TOML, "[[a]]\n[a]", ":2:1: the key 'a' was given before"),
                Arguments.of(TOML, "a = []\n[[a]]", ":2:1: the key 'a' was given before"),
                Arguments.of(TOML, "a = " + "[".repeat(10_000), "deeper than 64"),
                Arguments.of(TOML, "a = " + "{a = ".repeat(10_000), "deeper than 64"),
                Arguments.of(TOML, "a.".repeat(10_000) + "a = 1", "deeper than 64"),
                Arguments.of(TOML, "[" + "a.".repeat(10_000) + "a]", "deeper than 64"),
                Arguments.of(
                        TOML, "a = " + "1".repeat(2_000), "is a number of more than 1000 digits"),
                Arguments.of(TOML, "a = 1e99999999999", "is a number beyond all limits"),
                Arguments.of(TOML, "a = \"x", ":1:7: is no TOML: a string does not end"),
                Arguments.of(TOML, "a = \"x\ny\"", ":1:7: is no TOML: a control character is here"),
                Arguments.of(TOML, "a = \"\"\"x", "is no TOML: a string does not end"),
                Arguments.of(TOML, "a = \"\\x\"", "is no TOML: an escape that is not known"),
                Arguments.of(TOML, "a = \"\\ \"", "is no TOML: an escape that is not known"),
                Arguments.of(TOML, "a = \"\\u12g4\"", "a hexadecimal digit is missing"),
                Arguments.of(TOML, "a = \"\\ud800\"", "an escape stands for no character"),
                Arguments.of(TOML, "a = \"\\UFFFFFFFF\"", "an escape stands for no character"),
                Arguments.of(TOML, "a", ":1:2: is no TOML: = is missing here"),
                Arguments.of(TOML, "= 1", ":1:1: is no TOML: a name is missing here"),
                Arguments.of(TOML, "a = ", "is no TOML: neither text"),
                Arguments.of(TOML, "a = 1 2", ":1:7: is no TOML: the line should end here"),
                Arguments.of(TOML, "a = [1 2]", ":1:8: is no TOML: , is missing here"),
                Arguments.of(TOML, "a = {b = 1 c = 2}", "is no TOML: , is missing here"),
                Arguments.of(TOML, "[a", "is no TOML: ] is missing here"),
                Arguments.of(TOML, "[[a]", "is no TOML: ]] is missing here"),
                Arguments.of(TOML, "a = 01", "is no TOML: neither text"),
                Arguments.of(TOML, "a = 1__0", "is no TOML: neither text"),
                Arguments.of(TOML, "a = 2030-13-01", "is no TOML: neither text"),
                Arguments.of(TOML, "a = 25:00:00", "is no TOML: neither text"),
                Arguments.of(TOML, "a = 2030-01-01T25:00:00Z", "is no TOML: neither text"),
                Arguments.of(TOML, "a = 1 # \u0001", "a control character is here"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void text_thatIsBad_isRefusedWithItsPlace(ConfigFormat format, String text, String message) {
        assertThatExceptionOfType(ConfigSyntaxException.class)
                .isThrownBy(() -> FormatsTest.parse(format, text))
                .withMessageContaining("file x")
                .withMessageContaining(message);
    }

    static Stream<Arguments> tomlValues() {
        return Stream.of(
                Arguments.of("+1_000", 1_000L),
                Arguments.of("7464185931981556155", 7464185931981556155L),
                Arguments.of("0b1_0", 2L),
                Arguments.of("0o17", 15L),
                Arguments.of("123456789012345678901", new BigInteger("123456789012345678901")),
                Arguments.of("-1_0.5e-1_0", new BigDecimal("-10.5e-10")),
                Arguments.of("nan", Double.NaN),
                Arguments.of("+inf", Double.POSITIVE_INFINITY),
                Arguments.of("2030-01-31", "2030-01-31"),
                Arguments.of("2030-01-31 # d", "2030-01-31"),
                Arguments.of("2030-01-31 08:00:00.5", "2030-01-31T08:00:00.5"),
                Arguments.of("2030-01-31t08:00:00+01:00", "2030-01-31T08:00:00+01:00"),
                Arguments.of("08:30:00", "08:30:00"),
                Arguments.of("'a\\b'", "a\\b"),
                Arguments.of("\"\\b\\t\\n\\f\\r\\\"\\\\\\u00e9\\U0001F600\"", "\b\t\n\f\r\"\\é😀"),
                Arguments.of("\"\"\"\n a\\\n   \n  b\r\nc\"\"\"\"\"", " ab\nc\"\""),
                Arguments.of("''''a'''''", "'a''"),
                Arguments.of("[]", List.of()),
                Arguments.of("[ 1, # one\n 2,\n]", List.of(1L, 2L)),
                Arguments.of(
                        "{ b.c = 1,\n b.d = {}, }", Map.of("b", Map.of("c", 1L, "d", Map.of()))));
    }

    @ParameterizedTest
    @MethodSource("tomlValues")
    void toml_everyValue_isRead(String text, Object expected) {
        Table tree = FormatsTest.parse(TOML, "a = " + text + "\r\n");

        assertThat(JavaValues.of(tree.at("a"))).isEqualTo(expected);
    }

    @Test
    void writers_ofSpecialNumbers_sayThemOrRefuse() {
        Table special =
                FormatsTest.parse(TOML, "a = nan\nb = inf\nc = -inf\nd = 1e3\ne = 1.0\nf = {}");

        assertThat(
                        FormatsTest.parse(TOML, new String(TOML.write(special), UTF_8))
                                .sameContent(special))
                .isTrue();
        assertThat(
                        new String(
                                TOML.write(FormatsTest.parse(new YamlFormat(), "a: !!float 1")),
                                UTF_8))
                .isEqualTo("a = 1.0\n");
        assertThatThrownBy(() -> JSON.write(special))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(new String(JSON.write(FormatsTest.parse(TOML, "a = [1]\n[b]\nc = 0.5")), UTF_8))
                .isEqualToIgnoringWhitespace("{\"a\": [1], \"b\": {\"c\": 0.5}}");
    }

    @Test
    void toml_cutAndMixedAtRandom_neverFailsOtherwise() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        String parts = "a.b=[]{}\"'\n#, 1\\";
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(20); j > 0; j--) {
                text.append(parts.charAt(random.nextInt(parts.length())));
            }
            for (ConfigFormat format : new ConfigFormat[] {TOML, JSON, new YamlFormat()}) {
                try {
                    FormatsTest.parse(format, text.toString());
                } catch (ConfigSyntaxException expected) {
                    assertThat(expected.source()).isEqualTo("file x");
                } catch (RuntimeException e) {
                    throw new AssertionError(
                            "%s, seed %d: %s".formatted(format.name(), seed, text), e);
                }
            }
        }
    }
}
