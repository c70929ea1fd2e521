package io.patinox.memory.cache.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GhostHistoryTest {

    private final GhostHistory ghosts = new GhostHistory();

    @Test
    void add_beyondTheLimit_forgetsTheOldest() {
        for (int hash = 0; hash < 5; hash++) {
            ghosts.add(hash, 3);
        }

        assertThat(ghosts.size()).isEqualTo(3);
        assertThat(ghosts.remove(1)).isFalse();
        assertThat(ghosts.remove(2)).isTrue();
        assertThat(ghosts.remove(2)).isFalse();
    }

    @Test
    void add_again_isTheNewestAndStillOnce() {
        ghosts.add(1, 3);
        ghosts.add(2, 3);
        ghosts.add(1, 3);
        ghosts.add(3, 3);
        ghosts.add(4, 3);

        assertThat(ghosts.size()).isEqualTo(3);
        assertThat(ghosts.remove(2)).isFalse();
        assertThat(ghosts.remove(1)).isTrue();
    }

    @Test
    void add_recalledOnes_takeNobodysPlace() {
        for (int hash = 0; hash < 100; hash++) {
            ghosts.add(hash, 100);
        }
        for (int hash = 10; hash < 100; hash++) {
            ghosts.remove(hash);
        }
        for (int hash = 1_000; hash < 1_090; hash++) {
            ghosts.add(hash, 100);
        }

        assertThat(ghosts.size()).isEqualTo(100);
        assertThat(ghosts.remove(0)).isTrue();
    }

    @Test
    void ghosts_randomOperations_areASetInOrder() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        LinkedHashSet<Integer> expected = new LinkedHashSet<>();
        int limit = 50;
        for (int i = 0; i < 200_000; i++) {
            // few enough to come again, and with the same low bits to collide
            int hash = random.nextInt(150) << random.nextInt(20);
            if (random.nextInt(3) == 0) {
                assertThat(ghosts.remove(hash))
                        .as("seed %d", seed)
                        .isEqualTo(expected.remove(hash));
            } else {
                limit = random.nextInt(1_000) == 0 ? 1 + random.nextInt(200) : limit;
                ghosts.add(hash, limit);
                expected.remove(hash);
                expected.add(hash);
                while (expected.size() > limit) {
                    expected.removeFirst();
                }
            }
            assertThat(ghosts.size()).as("seed %d", seed).isEqualTo(expected.size());
        }
    }

    @Test
    void s3Fifo_fullCache_hasAsManyGhostsAsItsMainQueueHasEntries() {
        TestCache cache = new TestCache(Policies.S3_FIFO, 1_000);
        cache.replay(Workloads.loop(5_000, 20_000));
        S3FifoOrder order = (S3FifoOrder) cache.order;

        assertThat(order.ghosts()).isBetween(895, 900).isEqualTo(order.ghostLimit());
    }
}
