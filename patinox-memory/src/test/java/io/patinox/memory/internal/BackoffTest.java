package io.patinox.memory.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

    @Test
    void ceilingNanos_moreFailures_doublesUpToTheMaximum() {
        Backoff backoff = Backoff.of(Duration.ofNanos(100), Duration.ofNanos(1_000));

        assertThat(backoff.ceilingNanos(1)).isEqualTo(100);
        assertThat(backoff.ceilingNanos(2)).isEqualTo(200);
        assertThat(backoff.ceilingNanos(3)).isEqualTo(400);
        assertThat(backoff.ceilingNanos(4)).isEqualTo(800);
        assertThat(backoff.ceilingNanos(5)).isEqualTo(1_000);
        assertThat(backoff.ceilingNanos(Integer.MAX_VALUE)).isEqualTo(1_000);
    }

    @Test
    void ceilingNanos_longestDurations_neverOverflows() {
        Backoff backoff = Backoff.of(Duration.ofNanos(3), FOREVER);
        long last = 0;
        for (int attempt = 1; attempt < 200; attempt++) {
            long ceiling = backoff.ceilingNanos(attempt);
            assertThat(ceiling).isGreaterThanOrEqualTo(last);
            last = ceiling;
        }

        assertThat(last).isEqualTo(Long.MAX_VALUE - 1);
        assertThat(backoff.ceilingNanos(62)).isEqualTo(3L << 61);
        assertThat(backoff.ceilingNanos(63)).isEqualTo(Long.MAX_VALUE - 1);
        assertThat(Backoff.of(FOREVER, FOREVER).ceilingNanos(1)).isEqualTo(Long.MAX_VALUE - 1);
    }

    @Test
    void delayNanos_extremeRandom_isFromZeroToTheCeiling() {
        Backoff backoff = Backoff.of(Duration.ofNanos(100), Duration.ofNanos(250));

        assertThat(backoff.delayNanos(3, bound(0))).isZero();
        assertThat(backoff.delayNanos(3, bound(1))).isEqualTo(250);
        assertThat(backoff.delayNanos(2, bound(1))).isEqualTo(200);
    }

    @Test
    void delayNanos_manyDraws_fillTheWholeRange() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        Backoff backoff = Backoff.of(Duration.ofNanos(4), Duration.ofNanos(4));
        int[] hits = new int[5];
        for (int i = 0; i < 10_000; i++) {
            hits[(int) backoff.delayNanos(1, random)]++;
        }

        for (int n : hits) {
            assertThat(n).as("seed %d", seed).isBetween(1_600, 2_400);
        }
    }

    @Test
    void of_badDurations_areRefused() {
        Duration second = Duration.ofSeconds(1);
        for (Duration initial : new Duration[] {Duration.ZERO, second.negated(), FOREVER}) {
            assertThatThrownBy(() -> Backoff.of(initial, second))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(initial.toString());
        }
    }

    @Test
    void ceilingNanos_noFailure_isRefused() {
        Backoff backoff = Backoff.of(Duration.ofSeconds(1), Duration.ofSeconds(1));

        assertThatThrownBy(() -> backoff.ceilingNanos(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("attempt must be at least 1, but is 0");
    }

    /// A generator that gives the least (0) or the largest (1) number a bound allows.
    private static RandomGenerator bound(int end) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new AssertionError("only bounded numbers are needed");
            }

            @Override
            public long nextLong(long bound) {
                return end * (bound - 1);
            }
        };
    }
}
