package io.patinox.memory.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StripesTest {

    private static final int CPUS = Runtime.getRuntime().availableProcessors();

    @Test
    void count_anyBounds_isAPowerOfTwoWithinThem() {
        assertThat(Stripes.count(1, 2, 2)).isEqualTo(2);
        assertThat(Stripes.count(1, 1024, 4096)).isEqualTo(1024);
        assertThat(Stripes.count(1_000_000, 2, 64)).isEqualTo(64);
        assertThat(Stripes.count(1, 5, 5)).isEqualTo(8);
        assertThat(Stripes.count(1, 1, 1 << 20)).isBetween(CPUS, 2 * CPUS - 1);
        assertThat(Integer.bitCount(Stripes.count(3, 1, 1 << 20))).isEqualTo(1);
    }

    @Test
    void of_consecutiveThreadIds_usesEveryStripeAboutEvenly() {
        int[] hits = new int[16];
        for (long id = 1; id <= 16_000; id++) {
            hits[Stripes.of(id, 16)]++;
        }

        for (int n : hits) {
            assertThat(n).isBetween(900, 1_100);
        }
    }

    @Test
    void current_sameThread_isAlwaysTheSameStripe() {
        assertThat(Stripes.current(64))
                .isEqualTo(Stripes.current(64))
                .isEqualTo(Stripes.of(Thread.currentThread().threadId(), 64));
    }

    @Test
    void of_oneStripe_isTheFirst() {
        assertThat(Stripes.of(12_345, 1)).isZero();
    }
}
