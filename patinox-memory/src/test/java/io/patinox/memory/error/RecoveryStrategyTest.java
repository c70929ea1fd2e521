package io.patinox.memory.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.patinox.memory.error.RecoveryStrategy.CircuitBreak;
import io.patinox.memory.error.RecoveryStrategy.Fail;
import io.patinox.memory.error.RecoveryStrategy.Fallback;
import io.patinox.memory.error.RecoveryStrategy.Retry;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RecoveryStrategyTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration YEAR = Duration.ofDays(365);

    private static void assertRefused(String option, ThrowingCallable call) {
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.option()).isEqualTo(option));
    }

    @Test
    void retry_endsOfTheRanges_areAllowed() {
        assertThat(new Retry(Duration.ZERO, 1, true).after()).isZero();
        assertThat(new Retry(YEAR, 1_000, false).maxAttempts()).isEqualTo(1_000);
    }

    @Test
    void retry_outOfRange_isRefused() {
        assertRefused("after", () -> new Retry(SECOND.negated(), 1, true));
        assertRefused("after", () -> new Retry(YEAR.plusNanos(1), 1, true));
        assertRefused("after", () -> new Retry(null, 1, true));
        assertRefused("maxAttempts", () -> new Retry(SECOND, 0, true));
        assertRefused("maxAttempts", () -> new Retry(SECOND, 1_001, true));
    }

    @Test
    void circuitBreak_outOfRange_isRefused() {
        assertThat(new CircuitBreak(Duration.ofNanos(1)).openFor()).hasNanos(1);
        assertThat(new CircuitBreak(YEAR).openFor()).isEqualTo(YEAR);
        assertRefused("openFor", () -> new CircuitBreak(Duration.ZERO));
        assertRefused("openFor", () -> new CircuitBreak(YEAR.plusNanos(1)));
        assertRefused("openFor", () -> new CircuitBreak(null));
    }

    @Test
    void until_anyTime_isLaterByTheDuration() {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");

        assertThat(new CircuitBreak(SECOND).until(now)).isEqualTo("2026-01-01T00:00:01Z");
    }

    @Test
    void until_endOfTime_doesNotOverflow() {
        assertThat(new CircuitBreak(SECOND).until(Instant.MAX)).isEqualTo(Instant.MAX);
        assertThat(new CircuitBreak(SECOND).until(Instant.MAX.minusSeconds(1)))
                .isEqualTo(Instant.MAX);
    }

    @Test
    void fallbackAndFail_blankText_isRefused() {
        assertThat(new Fallback("use the cache").hint()).isEqualTo("use the cache");
        assertThat(new Fail("it is over").reason()).isEqualTo("it is over");
        assertRefused("hint", () -> new Fallback(" "));
        assertRefused("hint", () -> new Fallback(null));
        assertRefused("reason", () -> new Fail(""));
        assertRefused("reason", () -> new Fail(null));
    }
}
