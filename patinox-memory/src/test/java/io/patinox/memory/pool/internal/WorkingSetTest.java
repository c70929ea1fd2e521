package io.patinox.memory.pool.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WorkingSetTest {
    private final WorkingSet set = new WorkingSet();

    @Test
    void peak_withinTheWindow_isTheLargestCount() {
        assertThat(set.peak(0, 3, 100)).isEqualTo(3);
        assertThat(set.peak(10, 7, 100)).isEqualTo(7);
        assertThat(set.peak(20, 2, 100)).isEqualTo(7);
        assertThat(set.peak(109, 1, 100)).isEqualTo(7);
        assertThat(set.peak(110, 1, 100)).isEqualTo(2);
        assertThat(set.peak(120, 0, 100)).isEqualTo(1);
        assertThat(set.peak(1_000, 0, 100)).isZero();
    }

    @Test
    void peak_noWindow_isThePresentCount() {
        assertThat(set.peak(0, 3, 0)).isEqualTo(3);
        assertThat(set.peak(1, 2, 0)).isEqualTo(2);
    }

    @Test
    void peak_atRandom_isWhatASearchFinds() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<long[]> all = new ArrayList<>();
        long now = random.nextLong();
        for (int i = 0; i < 2_000; i++) {
            now += random.nextInt(20);
            long at = now;
            int count = random.nextInt(50);
            all.add(new long[] {at, count});
            long expected =
                    all.stream()
                            .filter(noted -> at - noted[0] < 100)
                            .mapToLong(noted -> noted[1])
                            .max()
                            .orElseThrow();
            assertThat(set.peak(at, count, 100)).as("seed %d", seed).isEqualTo((int) expected);
        }
    }
}
