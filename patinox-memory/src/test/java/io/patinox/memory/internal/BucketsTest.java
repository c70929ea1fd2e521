package io.patinox.memory.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BucketsTest {

    @Test
    void indexOf_smallValues_areTheirOwnBuckets() {
        for (int v = 0; v < 64; v++) {
            assertThat(Buckets.indexOf(v)).isEqualTo(v);
            assertThat(Buckets.highest(v)).isEqualTo(v);
        }
    }

    @Test
    void highest_everyBucket_isTheLastValueInIt() {
        for (int i = 0; i < Buckets.COUNT; i++) {
            assertThat(Buckets.indexOf(Buckets.highest(i))).isEqualTo(i);
            if (i < Buckets.COUNT - 1) {
                assertThat(Buckets.indexOf(Buckets.highest(i) + 1)).isEqualTo(i + 1);
            }
        }
    }

    @Test
    void buckets_whole_coverTwoToTheFortyTwo() {
        assertThat(Buckets.COUNT).isEqualTo(1_216);
        assertThat(Buckets.LARGEST).isEqualTo(4_398_046_511_103L);
        assertThat(Buckets.highest(Buckets.COUNT - 1)).isEqualTo(Buckets.LARGEST);
    }

    @Test
    void indexOf_beyondTheEnds_isTheFirstOrLastBucket() {
        assertThat(Buckets.indexOf(-1)).isZero();
        assertThat(Buckets.indexOf(Long.MIN_VALUE)).isZero();
        assertThat(Buckets.indexOf(Buckets.LARGEST + 1)).isEqualTo(Buckets.COUNT - 1);
        assertThat(Buckets.indexOf(Long.MAX_VALUE)).isEqualTo(Buckets.COUNT - 1);
    }

    @Test
    void highest_anyValue_isAtMostOneThirtySecondAbove() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 100_000; i++) {
            long value = random.nextLong(Buckets.LARGEST) >>> random.nextInt(42);

            long highest = Buckets.highest(Buckets.indexOf(value));

            assertThat(highest - value)
                    .as("seed %d value %d", seed, value)
                    .isBetween(0L, value / 32);
        }
    }
}
