package io.patinox.memory.cache.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.patinox.memory.cache.EvictionPolicy;
import org.junit.jupiter.api.Test;

/// What each policy is chosen for.
class PolicyBehaviourTest {

    private static double replay(EvictionPolicy policy, int capacity, int[] keys) {
        return new TestCache(policy, capacity).replay(keys);
    }

    @Test
    void lirs_loopLargerThanTheCache_keepsAPartOfIt() {
        int[] loop = Workloads.loop(1_000, 100_000);

        assertThat(replay(EvictionPolicy.lirs(), 500, loop)).isCloseTo(49.0, within(1.0));
        assertThat(replay(EvictionPolicy.wTinyLfu(), 500, loop)).isGreaterThan(40);
        assertThat(replay(EvictionPolicy.lru(), 500, loop)).isZero();
    }

    @Test
    void lirs_ghosts_areAtMostTwiceTheEntries() {
        TestCache cache = new TestCache(EvictionPolicy.lirs(), 100);
        cache.replay(Workloads.wonders(1_000, 50_000, 3));

        assertThat(((LirsOrder) cache.order).ghosts()).isBetween(1, 202);
    }

    @Test
    void resistantPolicies_oneHitWonders_keepFavourites() {
        int[] keys = Workloads.wonders(2_000, 100_000, 11);
        double lru = replay(EvictionPolicy.lru(), 400, keys);

        assertThat(replay(EvictionPolicy.sieve(), 400, keys)).isGreaterThan(lru + 3);
        assertThat(replay(EvictionPolicy.s3Fifo(), 400, keys)).isGreaterThan(lru + 5);
        assertThat(replay(EvictionPolicy.wTinyLfu(), 400, keys)).isGreaterThan(lru + 5);
        assertThat(replay(EvictionPolicy.lirs(), 400, keys)).isGreaterThan(lru + 3);
        assertThat(replay(EvictionPolicy.lfu(), 400, keys)).isGreaterThan(lru + 3);
    }

    @Test
    void lfu_halving_letsOldFavouritesGo() {
        TestCache cache = new TestCache(EvictionPolicy.lfu(), 10);
        for (int round = 0; round < 100; round++) {
            cache.replay(Workloads.loop(10, 10));
        }
        assertThat(cache.order.rank(cache.nodes.get(3))).isEqualTo(99);

        // half of the favourites are never used again
        for (int i = 0; i < 3_000; i++) {
            cache.use(i % 5);
            cache.use(1_000 + i);
        }

        assertThat(cache.nodes).containsKeys(0, 1, 2, 3, 4).doesNotContainKeys(5, 6, 7, 8, 9);
    }

    @Test
    void lfu_fewestHits_goes() {
        TestCache cache = new TestCache(EvictionPolicy.lfu(), 3);
        for (int key : new int[] {1, 1, 1, 2, 2, 3, 1, 3, 3, 4, 5}) {
            cache.use(key);
        }
        assertThat(cache.evicted).containsExactly(2, 4);
    }

    @Test
    void ttl_rewritten_countsAsNew() {
        TestCache cache = new TestCache(EvictionPolicy.ttl(), 3);
        cache.replay(new int[] {1, 2, 3});

        cache.reweigh(1, 1);
        cache.use(4);

        assertThat(cache.evicted).containsExactly(2);
    }

    @Test
    void gdsf_equalHits_keepsTheDearAndTheSmall() {
        TestCache cache = new TestCache(EvictionPolicy.gdsf(), 100);
        cache.use(1, 40, 1_000);
        cache.use(2, 40, 5_000_000);
        cache.use(3, 20, 1_000);

        cache.use(4, 20, 1_000);

        assertThat(cache.evicted).containsExactly(1);
        assertThat(cache.order.rank(cache.nodes.get(2)))
                .isGreaterThan(cache.order.rank(cache.nodes.get(3)));
    }

    @Test
    void gdsf_heavyNewcomerOfLittleWorth_goesItself() {
        TestCache cache = new TestCache(EvictionPolicy.gdsf(), 100);
        for (int key = 0; key < 10; key++) {
            cache.use(key, 10, 1_000);
        }

        cache.use(99, 90, 1_000);

        assertThat(cache.evicted).containsExactly(99);
    }

    @Test
    void gdsf_popularOnce_agesInTheEnd() {
        TestCache cache = new TestCache(EvictionPolicy.gdsf(), 10);
        for (int i = 0; i < 20; i++) {
            cache.use(7);
        }
        for (int i = 100; i < 200; i++) {
            cache.use(i);
        }
        assertThat(cache.nodes).as("hits count").containsKey(7);

        for (int i = 200; i < 1_000; i++) {
            cache.use(i);
        }
        assertThat(cache.nodes).as("but not for ever").doesNotContainKey(7);
    }

    @Test
    void gdsf_weights_hitMoreOftenThanLru() {
        int[] keys = Workloads.zipf(2_000, 0.9, 100_000, 17);
        int gdsf = 0;
        int lru = 0;
        TestCache ours = new TestCache(EvictionPolicy.gdsf(), 20_000);
        TestCache theirs = new TestCache(EvictionPolicy.lru(), 20_000);
        for (int key : keys) {
            int weight = 1 + (TestNode.hash(key) & 127);
            gdsf += ours.use(key, weight, 1) ? 1 : 0;
            lru += theirs.use(key, weight, 1) ? 1 : 0;
        }

        assertThat(gdsf).isGreaterThan(lru + 10_000);
    }

    @Test
    void gdsf_extremes_areBounded() {
        TestCache cache = new TestCache(EvictionPolicy.gdsf(), 4);
        cache.use(1, 0, Long.MAX_VALUE);
        cache.use(2, 4, 1);
        cache.use(3, 4, Long.MAX_VALUE);
        for (int i = 10; i < 5_000; i++) {
            cache.use(i, i % 4, 1L << (i % 63));
        }

        assertThat(cache.weight).isLessThanOrEqualTo(4);
    }

    @Test
    void wTinyLfu_hotKey_neverLeaves() {
        TestCache cache = new TestCache(EvictionPolicy.wTinyLfu(), 100);
        for (int i = 0; i < 20_000; i++) {
            cache.use(-5);
            cache.use(i);
        }

        assertThat(cache.evicted).doesNotContain(-5);
        assertThat(cache.order.rank(cache.nodes.get(-5))).isPositive();
    }

    @Test
    void wTinyLfu_window_followsWhatComesBack() {
        TestCache cache = new TestCache(EvictionPolicy.wTinyLfu(), 1_000);
        TinyLfuOrder order = (TinyLfuOrder) cache.order;
        cache.replay(Workloads.zipf(1_000, 1.0, 50_000, 19));
        assertThat(order.window()).isEqualTo(10);

        // each key is used twice, with thirty others in between
        for (int i = 0; i < 20_000; i++) {
            cache.use(10_000 + i);
            cache.use(10_000 + i - 30);
        }
        assertThat(order.window()).as("holds what comes back").isGreaterThan(25);

        cache.resize(500);
        assertThat(order.window()).isEqualTo(5);
    }

    @Test
    void hotSet_largerThanThePatience_stillMakesRoom() {
        for (EvictionPolicy policy : Policies.ALL) {
            TestCache cache = new TestCache(policy, 10 * LateOrder.PATIENCE);
            int[] loop = Workloads.loop(10 * LateOrder.PATIENCE, 30 * LateOrder.PATIENCE);
            cache.replay(loop);
            cache.use(-1);
            cache.use(-2);

            long looked = cache.nodes.values().stream().filter(node -> node.hits == 0).count();
            assertThat(looked).as("nodes that %s looked at", policy).isLessThan(10_000);
        }
    }
}
