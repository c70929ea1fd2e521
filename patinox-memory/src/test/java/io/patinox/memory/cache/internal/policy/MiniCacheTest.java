package io.patinox.memory.cache.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MiniCacheTest {

    /// The simulation must do what the real order does; so they must agree on every single use.
    @ParameterizedTest
    @EnumSource(Regime.class)
    void use_randomKeys_hitsExactlyWhenTheRealOrderDoes(Regime regime) {
        long seed = new Random().nextLong();
        System.out.println(regime + ", seed " + seed);
        for (int capacity : new int[] {1, 2, 3, 7, 64, 96}) {
            SegmentOrder order = new SegmentOrder(capacity, regime);
            TestCache cache = new TestCache(new GivenOrder(order), capacity);
            MiniCache mini = new MiniCache(capacity, regime);
            for (int key : Workloads.zipf(4 * capacity + 2, 0.7, 20_000, seed)) {
                assertThat(mini.use(TestNode.hash(key)))
                        .as("seed %d, capacity %d", seed, capacity)
                        .isEqualTo(cache.use(key));
            }
        }
    }

    @Test
    void copy_beforeItIsFull_holdsTheSame() {
        MiniCache mini = new MiniCache(50, Regime.STEADY);
        for (int key = 0; key < 50; key++) {
            mini.use(TestNode.hash(key));
        }
        assertThat(mini.isFull()).isTrue();

        MiniCache copy = mini.copy(Regime.RECENT);

        assertThat(copy.isFull()).isTrue();
        for (int key = 0; key < 50; key++) {
            assertThat(copy.use(TestNode.hash(key))).isTrue();
        }
    }

    @Test
    void contest_cacheThatNeverFills_changesNothing() {
        RegimeContest contest = new RegimeContest(96);

        for (int key : Workloads.loop(90, 10_000)) {
            assertThat(contest.use(TestNode.hash(key))).isNull();
        }

        assertThat(contest.holder()).isEqualTo(Regime.STEADY);
        assertThat(contest.capacity()).isEqualTo(96);
    }
}
