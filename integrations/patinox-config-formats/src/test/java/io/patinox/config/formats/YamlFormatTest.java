package io.patinox.config.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.patinox.memory.config.ConfigNode.Scalar;
import io.patinox.memory.config.ConfigNode.Sequence;
import io.patinox.memory.config.ConfigNode.Table;
import io.patinox.memory.error.ConfigSyntaxException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class YamlFormatTest {

    private static Table parse(String text) {
        return FormatsTest.parse(new YamlFormat(), text);
    }

    static Stream<Arguments> scalars() {
        return Stream.of(
                Arguments.of("NO", "NO"),
                Arguments.of("on", "on"),
                Arguments.of("true", true),
                Arguments.of("False", false),
                Arguments.of("~", null),
                Arguments.of("", null),
                Arguments.of("10", 10L),
                Arguments.of("010", 10L),
                Arguments.of("0o17", 15L),
                Arguments.of("0x1F", 31L),
                Arguments.of("-7", -7L),
                Arguments.of("9223372036854775808", new BigInteger("9223372036854775808")),
                Arguments.of("1.10", new BigDecimal("1.10")),
                Arguments.of("1e3", new BigDecimal("1e3")),
                Arguments.of(".5", new BigDecimal(".5")),
                Arguments.of(".inf", Double.POSITIVE_INFINITY),
                Arguments.of("-.INF", Double.NEGATIVE_INFINITY),
                Arguments.of(".NaN", Double.NaN),
                Arguments.of("'10'", "10"),
                Arguments.of("\"a\\n\"", "a\n"),
                Arguments.of("|\n  a\n  b", "a\nb"),
                Arguments.of(">\n  a\n  b", "a b"),
                Arguments.of("2030-01-31", "2030-01-31"),
                Arguments.of("!!str 10", "10"),
                Arguments.of("! 10", "10"),
                Arguments.of("!!int '10'", 10L),
                Arguments.of("!!float 1", new BigDecimal("1")),
                Arguments.of("!!bool 'true'", true),
                Arguments.of("!!null ''", null));
    }

    @ParameterizedTest
    @MethodSource("scalars")
    void scalar_ofTheCoreSchema_isRead(String text, Object expected) {
        assertThat(((Scalar) parse("a: " + text).at("a")).value()).isEqualTo(expected);
    }

    @Test
    void places_ofAllNodes_areKnown() {
        Table tree = parse("# head\na:\n  b: 1\n  c: [x,\n    y]\nd:\n- e: 2\n");

        assertThat(tree.at("a.b").origin()).hasToString("file x:3:6");
        assertThat(tree.at("a").origin()).hasToString("file x:3:3");
        assertThat(((Sequence) tree.at("a.c")).items().get(1).origin()).hasToString("file x:5:5");
        assertThat(((Sequence) tree.at("d")).items().get(0).origin()).hasToString("file x:7:3");
    }

    @Test
    void aliases_andMerges_areTheSameValues() {
        Table tree =
                parse(
                        "base: &b {x: 1, y: 2}\nother: &o {z: 3, x: 9}\ncopy: *b\n"
                                + "one: {<<: *b, y: 5}\nmany: {<<: [*b, *o], y: 5}\n"
                                + "&k key: *k\nlist: &l [*b]\n\"<<\": kept\n");

        assertThat(tree.at("copy")).isSameAs(tree.at("base"));
        assertThat(JavaValues.of(tree.at("one"))).hasToString("{y=5, x=1}");
        assertThat(JavaValues.of(tree.at("many"))).hasToString("{y=5, x=1, z=3}");
        assertThat(JavaValues.of(tree.at("key"))).isEqualTo("key");
        assertThat(JavaValues.of(tree.at("<<"))).isEqualTo("kept");
        assertThat(parse("---\na: 1\n...\n").entries()).hasSize(1);
        assertThat(parse("# only a comment").entries()).isEmpty();
        assertThat(parse("---\n").entries()).isEmpty();
    }

    static Stream<Arguments> bad() {
        StringBuilder laughs = new StringBuilder("a0: &a0 [l, l, l, l, l, l, l, l, l, l]\n");
        for (int i = 1; i < 10; i++) {
            laughs.append("a%d: &a%d [".formatted(i, i));
            laughs.append("*a%d, ".formatted(i - 1).repeat(10)).append("]\n");
        }
        return Stream.of(
                Arguments.of(laughs.toString(), "aliases stand for more than 100000 values"),
                Arguments.of("a: &a [*a]", ":1:8: is an alias within what it names"),
                Arguments.of("a: &a {b: {c: *a}}", "is an alias within what it names"),
                Arguments.of("a: *none", "is an alias of nothing"),
                Arguments.of(
                        "a: 1\nb: 2\na: 3", ":3:1: the key 'a' was given before, at file x:1:1"),
                Arguments.of("a: {x: 1, x: 2}", "the key 'x' was given before"),
                Arguments.of("a: " + "[".repeat(10_000), "is nested deeper than 64"),
                Arguments.of("a: " + "{a: ".repeat(10_000), "is nested deeper than 64"),
                Arguments.of("- ".repeat(10_000), "is nested deeper than 64"),
                Arguments.of("a: " + "1".repeat(2_000), "is a number of more than 1000 digits"),
                Arguments.of("a: 1e99999999999", ":1:4: is a number beyond all limits"),
                Arguments.of("a: !!binary abc", "has a tag; only those"),
                Arguments.of("a: !foo abc", "has a tag; only those"),
                Arguments.of("a: !foo [abc]", "has a tag; only those"),
                Arguments.of("a: !!java.net.URL {}", "has a tag; only those"),
                Arguments.of("a: !!int abc", "is tagged !!int but is none"),
                Arguments.of("a: !!bool abc", "is tagged !!bool but is none"),
                Arguments.of("a: !!null abc", "is tagged !!null but is none"),
                Arguments.of("a: !!float abc", "is tagged !!float but is none"),
                Arguments.of("[a]: 1", "a key must be one plain value"),
                Arguments.of("*x : 1", "a key must be one plain value"),
                Arguments.of("a: 1\n---\nb: 2", ":2:1: has more than one document"),
                Arguments.of("- a", ":1:1: must be a table"),
                Arguments.of("text", ":1:1: must be a table"),
                Arguments.of("a: {<<: 1}", "<< merges tables only"),
                Arguments.of("a: {<<: [1]}", "<< merges tables only"),
                Arguments.of("a: b: c", ":1:5: mapping values are not allowed here"),
                Arguments.of("a: [b\nc: d", ":2:2: is not valid YAML here"),
                Arguments.of("a:\n\t- b", "is not valid YAML here"),
                Arguments.of("a: \u0001", "has a character or a form that YAML does not allow"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void text_thatIsBad_isRefusedWithItsPlace(String text, String message) {
        assertThatExceptionOfType(ConfigSyntaxException.class)
                .isThrownBy(() -> parse(text))
                .withMessageContaining(message);
    }
}
