package io.patinox.memory.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescribeTest {

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 s",
        "PT0.000000001S, 1 ns",
        "PT0.000000999S, 999 ns",
        "PT0.000001S, 1 us",
        "PT0.0000015S, 1.5 us",
        "PT0.001S, 1 ms",
        "PT0.25S, 250 ms",
        "PT0.9999S, 999.9 ms",
        "PT1S, 1 s",
        "PT1.5S, 1.5 s",
        "PT30S, 30 s",
        "PT119S, 119 s",
        "PT2M, 2 min",
        "PT2M5S, 2 min 5 s",
        "PT10M, 10 min",
        "PT-1.5S, -1.5 s",
        "PT-0.25S, -250 ms",
        "PT2562047788015215H30M7S, 153722867280912930 min 7 s",
        "PT-2562047788015215H-30M-8S, -153722867280912930 min 7 s",
    })
    void duration_anyLength_isShownInItsUnit(Duration duration, String shown) {
        assertThat(Describe.duration(duration)).isEqualTo(shown);
    }

    @Test
    void line_controlCharacters_becomeSpaces() {
        assertThat(Describe.line("a\nb\r\tc\u0000d\u2028e\u2029f")).isEqualTo("a b  c d e f");
        assertThat(Describe.line(null)).isEqualTo("null");
    }

    @Test
    void line_longText_isCut() {
        assertThat(Describe.line("x".repeat(200))).isEqualTo("x".repeat(200));
        assertThat(Describe.line("x".repeat(201))).isEqualTo("x".repeat(197) + "...");
    }

    @Test
    void value_anything_isShownByItsText() {
        assertThat(Describe.value(null)).isEqualTo("null");
        assertThat(Describe.value(42)).isEqualTo("42");
        assertThat(Describe.value(Duration.ofMillis(5))).isEqualTo("5 ms");
    }

    @Test
    void value_toStringFails_isShownByItsType() {
        assertThat(Describe.value(new Unshowable()))
                .isEqualTo("a Unshowable whose toString failed");
    }

    @Test
    void failure_withMessage_isTypeAndMessage() {
        assertThat(Describe.failure(new IllegalStateException("no\nway")))
                .isEqualTo("IllegalStateException: no way");
        assertThat(Describe.failure(new IllegalStateException()))
                .isEqualTo("IllegalStateException");
        assertThat(Describe.failure(new IllegalStateException(" ")))
                .isEqualTo("IllegalStateException");
    }

    @Test
    void failure_getMessageThrows_isStillShown() {
        Throwable broken =
                new RuntimeException() {
                    @Override
                    public String getMessage() {
                        throw new IllegalStateException("even this fails");
                    }
                };

        assertThat(Describe.failure(broken))
                .isEqualTo(broken.getClass().getName() + " (its message could not be read)");
    }

    @Test
    void failure_getMessageOverflowsTheStack_isStillShown() {
        Throwable broken =
                new RuntimeException() {
                    @Override
                    public String getMessage() {
                        return getMessage() + "!";
                    }
                };

        assertThat(Describe.failure(broken)).endsWith("(its message could not be read)");
    }

    @Test
    void type_value_isItsSimpleName() {
        assertThat(Describe.type(null)).isEqualTo("null");
        assertThat(Describe.type("text")).isEqualTo("String");
        assertThat(Describe.type(new Object() {})).startsWith(DescribeTest.class.getName() + "$");
    }

    private static final class Unshowable {
        @Override
        public String toString() {
            throw new IllegalStateException("no");
        }
    }
}
