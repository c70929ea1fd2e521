package io.patinox.config.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.config.ConfigFormat;
import io.patinox.memory.config.ConfigNode;
import io.patinox.memory.config.ConfigNode.Scalar;
import io.patinox.memory.config.ConfigNode.Sequence;
import io.patinox.memory.config.ConfigNode.Table;
import io.patinox.memory.config.Origin;
import io.patinox.memory.error.ConfigSyntaxException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What all formats have to do alike.
class FormatsTest {

    private static final Origin HERE = Origin.of("random");

    static Stream<ConfigFormat> formats() {
        return Stream.of(new YamlFormat(), new TomlFormat(), new JsonFormat());
    }

    static Table parse(ConfigFormat format, String text) {
        return format.parse(text.getBytes(StandardCharsets.UTF_8), "file x");
    }

    @ParameterizedTest
    @CsvSource({"a.yaml, yaml", "a.YML, yaml", "a.toml, toml", "a.json, json"})
    void format_asAService_isFoundByTheEndOfTheName(String file, String name) {
        assertThat(ConfigFormat.forFileName(file).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void text_withoutContent_isAnEmptyTable(ConfigFormat format) {
        assertThat(parse(format, "").entries()).isEmpty();
        assertThat(parse(format, "\n \n").entries()).isEmpty();
        assertThat(parse(format, "\uFEFF").entries()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void bytes_thatAreNoText_areRefused(ConfigFormat format) {
        byte[] random = new byte[10_000];
        new Random(1).nextBytes(random);
        for (byte[] bytes :
                List.of(
                        new byte[] {'a', 0, 'b'},
                        new byte[] {(byte) 0xff, (byte) 0xfe, 'a', 0},
                        random,
                        "key: grün".getBytes(StandardCharsets.ISO_8859_1),
                        new byte[17 << 20])) {
            assertThatExceptionOfType(ConfigSyntaxException.class)
                    .isThrownBy(() -> format.parse(bytes, "file x"));
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void text_ofGarbage_isRefusedAndNotShown(ConfigFormat format) {
        for (String text :
                List.of(
                        "password = \"hunter2",
                        "{\"password\": hunter2}}}",
                        "password: 'hunter2",
                        "hunter2",
                        "[hunter2",
                        "password: hunter2: hunter2",
                        "a = hunter2 hunter2\u0001")) {
            assertThatExceptionOfType(ConfigSyntaxException.class)
                    .as("%s: %s", format.name(), text)
                    .isThrownBy(() -> parse(format, text))
                    .withMessageNotContaining("hunter2")
                    .withNoCause();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a.yaml|`k%d: \"%s\"`|",
                "a.toml|`k%d = \"%s\"`|",
                "a.json|`%s\"k%d\": \"%s\"`|}",
                "a.properties|`k%d=%s`|"
            })
    void content_ofTenMegabytes_isRead(String file, String line, String end) {
        String filler = "x".repeat(1_000_000);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            String comma = i == 0 ? "{" : ",";
            text.append(end == null ? line.formatted(i, filler) : line.formatted(comma, i, filler));
            text.append('\n');
        }
        text.append(end == null ? "" : end);

        assertThat(parse(ConfigFormat.forFileName(file), text.toString()).entries()).hasSize(10);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void trees_atRandom_surviveWritingAndReading(ConfigFormat format) {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            Table tree = table(random, 3, !format.name().equals("toml"));

            byte[] written = format.write(tree);
            Table again = format.parse(written, "file x");

            assertThat(JavaValues.of(again))
                    .as(
                            "%s, seed %d:%n%s",
                            format.name(), seed, new String(written, StandardCharsets.UTF_8))
                    .isEqualTo(JavaValues.of(tree));
        }
    }

    private static Table table(Random random, int depth, boolean nulls) {
        var entries = new LinkedHashMap<String, ConfigNode>();
        for (int i = random.nextInt(5); i > 0; i--) {
            entries.put("k" + text(random), node(random, depth, nulls));
        }
        return new Table(entries, HERE);
    }

    private static ConfigNode node(Random random, int depth, boolean nulls) {
        return switch (random.nextInt(depth > 0 ? 9 : 7)) {
            case 0 -> new Scalar(random.nextLong(), HERE);
            case 1 -> new Scalar(random.nextBoolean(), HERE);
            case 2 ->
                    new Scalar(
                            new BigDecimal(random.nextInt() + "." + random.nextInt(1, 99)), HERE);
            case 3 -> new Scalar(BigInteger.ONE.shiftLeft(70 + random.nextInt(9)), HERE);
            case 4 -> new Scalar(nulls ? null : 0L, HERE);
            case 5, 6 -> new Scalar(text(random), HERE);
            case 7 -> table(random, depth - 1, nulls);
            default -> {
                List<ConfigNode> items = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    items.add(node(random, depth - 1, nulls));
                }
                yield new Sequence(items, HERE);
            }
        };
    }

    private static String text(Random random) {
        List<String> parts =
                List.of(
                        "a", "B", "é", "😀", " ", "\n", "\t", "'", "\"", "#", ":", "- ", "0", "1e3",
                        "NO", "null", "true", ".", "[", "{", "\\", "~", "\u2028", "=", ",", "*",
                        "&");
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append(parts.get(random.nextInt(parts.size())));
        }
        return text.toString();
    }

    @Test
    void plain_values_haveTheTypesOfTheTree() {
        Map<String, Object> yaml =
                Map.of("i", 1L, "b", true, "f", new BigDecimal("1.10"), "s", "x");
        assertThat(JavaValues.of(parse(new YamlFormat(), "{i: 1, b: true, f: 1.10, s: x}")))
                .isEqualTo(yaml);
        assertThat(
                        JavaValues.of(
                                parse(
                                        new JsonFormat(),
                                        "{\"i\":1,\"b\":true,\"f\":1.10,\"s\":\"x\"}")))
                .isEqualTo(yaml);
        assertThat(JavaValues.of(parse(new TomlFormat(), "i=1\nb=true\nf=1.10\ns='x'")))
                .isEqualTo(yaml);
        assertThatThrownBy(() -> new TomlFormat().write(parse(new JsonFormat(), "{\"a\":null}")))
                .isInstanceOf(UnsupportedOperationException.class);
    }
}
