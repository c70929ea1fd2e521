package io.patinox.memory.cache.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReuseStackTest {

    @Test
    void seen_again_saysHowManyOthersWereSeenSince() {
        ReuseStack stack = new ReuseStack(10);

        assertThat(stack.seen(1)).isEqualTo(ReuseStack.UNKNOWN);
        assertThat(stack.seen(1)).isZero();
        stack.seen(2);
        stack.seen(3);
        stack.seen(2);
        assertThat(stack.seen(1)).isEqualTo(2);
        assertThat(stack.size()).isEqualTo(3);
    }

    @Test
    void mark_betweenSightings_makesKeysStaleOnce() {
        ReuseStack stack = new ReuseStack(4);
        stack.seen(1);
        stack.seen(2);

        stack.mark();

        for (int i = 0; i < 20; i++) {
            stack.seen(3);
        }
        assertThat(stack.seen(1)).isEqualTo(ReuseStack.STALE);
        assertThat(stack.seen(1)).isZero();
        assertThat(stack.seen(3)).isOne();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void seen_atRandom_isWhatAPlainListSays(long seed) {
        Random random = new Random(seed);
        int most = 1 + random.nextInt(60);
        int range = 1 + random.nextInt(100);
        ReuseStack stack = new ReuseStack(most);
        List<Integer> plain = new ArrayList<>();
        Set<Integer> stale = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            int dice = random.nextInt(1_000);
            if (dice == 0) {
                stack.mark();
                stale.addAll(plain);
            }
            // far apart, so that some collide in the table
            int key = random.nextInt(range) * 65_536;
            int at = plain.indexOf(key);
            int expected =
                    at < 0
                            ? ReuseStack.UNKNOWN
                            : stale.contains(key) ? ReuseStack.STALE : plain.size() - 1 - at;
            plain.remove((Integer) key);
            stale.remove(key);
            if (plain.size() == most) {
                stale.remove(plain.removeFirst());
            }
            plain.add(key);

            assertThat(stack.seen(key)).as("seed %d, step %d", seed, i).isEqualTo(expected);
            assertThat(stack.size()).as("seed %d, step %d", seed, i).isEqualTo(plain.size());
        }
    }
}
