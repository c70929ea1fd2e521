package io.patinox.memory.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(2);

    private static InvalidOptionException refused(ThrowingCallable call) {
        return catchThrowableOfType(InvalidOptionException.class, call);
    }

    @Test
    void required_value_isReturned() {
        assertThat(Options.required("manager", "m")).isEqualTo("m");
    }

    @Test
    void required_null_isRefused() {
        assertThat(refused(() -> Options.required("manager", null)))
                .hasMessage(
                        "OPTION-INVALID: option 'manager' must be given, but is null; pass a value"
                                + " that is not null");
    }

    @Test
    void inRange_bothEnds_areAllowed() {
        assertThat(Options.inRange("maxSize", 1, 1, 10)).isEqualTo(1);
        assertThat(Options.inRange("maxSize", 10, 1, 10)).isEqualTo(10);
        assertThat(Options.inRange("maxBytes", 1L, 1L, 10L)).isEqualTo(1);
        assertThat(Options.inRange("maxBytes", 10L, 1L, 10L)).isEqualTo(10);
        assertThat(Options.inRange("timeout", SECOND, SECOND, MINUTE)).isEqualTo(SECOND);
        assertThat(Options.inRange("timeout", MINUTE, SECOND, MINUTE)).isEqualTo(MINUTE);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 10_001, Integer.MAX_VALUE})
    void inRange_numberOutside_isRefusedWithOptionValueAndBound(int value) {
        InvalidOptionException e = refused(() -> Options.inRange("maxSize", value, 1, 10_000));

        assertThat(e.option()).isEqualTo("maxSize");
        assertThat(e.value()).isEqualTo(Integer.toString(value));
        assertThat(e.bound()).isEqualTo("1 to 10,000");
        assertThat(e)
                .hasMessage(
                        "OPTION-INVALID: option 'maxSize' must be 1 to 10,000, but is "
                                + value
                                + "; choose one in that range");
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, 0, 5_000_000_001L, Long.MAX_VALUE})
    void inRange_longOutside_isRefused(long value) {
        assertThat(refused(() -> Options.inRange("maxBytes", value, 1L, 5_000_000_000L)).value())
                .isEqualTo(Long.toString(value));
    }

    @Test
    void inRange_durationOutside_isRefused() {
        assertThat(refused(() -> Options.inRange("timeout", Duration.ZERO, SECOND, MINUTE)))
                .hasMessageContaining("option 'timeout' must be 1 s to 2 min, but is 0 s;");
        assertThat(refused(() -> Options.inRange("timeout", MINUTE.plusNanos(1), SECOND, MINUTE)))
                .hasMessageContaining("but is 2 min;");
        assertThat(refused(() -> Options.inRange("timeout", null, SECOND, MINUTE)))
                .hasMessageContaining("but is null;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "orders-db", "A.b_c:9", "zZ09"})
    void name_plain_isReturned(String name) {
        assertThat(Options.name("name", name)).isEqualTo(name);
    }

    @Test
    void name_lengthAtTheLimit_isReturned() {
        String longest = "x".repeat(100);

        assertThat(Options.name("name", longest)).isEqualTo(longest);
        assertThat(refused(() -> Options.name("name", longest + "x")).bound())
                .isEqualTo("1 to 100 characters of A-Z a-z 0-9 . _ - :");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "a b", "a\n", "a/b", "`", "{", "@", "[", "caf\u00e9"})
    void name_otherCharacters_isRefused(@Nullable String name) {
        assertThat(refused(() -> Options.name("name", name)).option()).isEqualTo("name");
    }

    @Test
    void text_notBlank_isReturned() {
        assertThat(Options.text("hint", " x ")).isEqualTo(" x ");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\n"})
    void text_blank_isRefused(@Nullable String text) {
        assertThat(refused(() -> Options.text("hint", text)).bound()).isEqualTo("a text");
    }

    @Test
    void consistent_agreement_passes() {
        assertThatCode(() -> Options.consistent(true, "minSize", 5, "at most 10", "lower it"))
                .doesNotThrowAnyException();
    }

    @Test
    void consistent_contradiction_isRefused() {
        assertThat(
                        refused(() ->
                                Options.consistent(
                                        false,
                                        "minSize",
                                        11,
                                        "at most maxSize (10)",
                                        "raise maxSize or lower minSize")))
                .hasMessage(
                        "OPTION-INVALID: option 'minSize' must be at most maxSize (10), but is 11;"
                                + " raise maxSize or lower minSize");
    }

    @Test
    void secrets_inOptions_areNeverShown() {
        InvalidOptionException e =
                refused(() -> Options.consistent(false, "password", "hunter2", "short", "cut"));

        assertThat(e.value()).isEqualTo("***");
        assertThat(e.getMessage()).doesNotContain("hunter2").contains("but is ***;");
        assertThat(refused(() -> Options.required("password", null)).value()).isEqualTo("null");
    }

    @Test
    void secrets_inUrls_areNeverShown() {
        String url = "jdbc:postgresql://h/db?user=joe&password=hunter2";

        InvalidOptionException e =
                refused(() -> Options.consistent(false, "jdbcUrl", url, "known", "check"));

        assertThat(e.getMessage()).contains("user=joe").doesNotContain("hunter2");
    }
}
