package io.patinox.memory.cache.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.cache.CacheBounds;
import io.patinox.memory.cache.EntryOptions;
import io.patinox.memory.cache.EvictionPolicy;
import io.patinox.memory.cache.RemovalCause;
import io.patinox.memory.error.InvalidOptionException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// How much a cache holds.
class BoundsTest {

    private final KnowingPolicy policy = new KnowingPolicy(EvictionPolicy.lru());
    private final List<String> left = new CopyOnWriteArrayList<>();

    @Test
    void entries_beyondTheBound_areEvicted() {
        try (BoundedCache<Integer, Integer> cache =
                Caches.build(Caches.<Integer, Integer>builder().policy(policy).maxEntries(3))) {
            for (int key = 0; key < 3; key++) {
                cache.put(key, key);
            }
            assertThat(cache.getIfPresent(0)).isZero();
            cache.put(1, 10);
            cache.put(3, 3);
            assertThat(cache.asMap()).containsOnlyKeys(0, 1, 3);
            assertThat(cache.statistics().evictions()).isEqualTo(1);
            Checkup.of(cache, policy);
        }
    }

    @Test
    void shards_ofAFullCache_shareItsRoom() {
        try (BoundedCache<Integer, Integer> cache =
                Caches.build(
                        Caches.<Integer, Integer>builder()
                                .policy(policy)
                                .maxEntries(1_000)
                                .shards(8))) {
            for (int key = 0; key < 1_000; key++) {
                cache.put(key, key);
            }
            // however unevenly the keys are spread, nothing goes as long as there is room
            assertThat(cache.size()).isEqualTo(1_000);
            for (int key = 1_000; key < 20_000; key++) {
                cache.put(key, key);
                assertThat(cache.size()).isLessThanOrEqualTo(1_000);
            }
            assertThat(cache.size()).isEqualTo(1_000);
            Checkup.of(cache, policy);
        }
    }

    @Test
    void emptiedShard_ofAFullCache_getsItsRoomBack() {
        try (BoundedCache<Integer, Integer> cache =
                Caches.build(
                        Caches.<Integer, Integer>builder()
                                .policy(policy)
                                .maxEntries(400)
                                .shards(4))) {
            int key = 0;
            while (cache.size() < 400) {
                cache.put(key, key++);
            }
            cache.invalidateIf((k, v) -> (cache.hashOf(k) & 3) == 0);
            while (cache.size() < 400) {
                if ((cache.hashOf(key) & 3) != 0) {
                    cache.put(key, key);
                }
                key++;
            }
            for (int n = 0; n < 2_000; n++) {
                cache.put(key, key++);
            }
            for (Shard<Integer, Integer> shard : cache.shards) {
                assertThat(shard.entries).isGreaterThan(80);
            }
            Checkup.of(cache, policy);
        }
    }

    @Test
    void weight_beyondTheBound_isEvicted() {
        try (BoundedCache<Integer, Integer> cache =
                Caches.build(
                        Caches.<Integer, Integer>builder()
                                .policy(policy)
                                .maxWeight(100)
                                .weigher((key, value) -> value)
                                .removalListener((k, v, cause) -> left.add(k + ":" + v + cause)))) {
            cache.put(1, 40);
            cache.put(2, 40);
            cache.put(3, 40);
            assertThat(cache.asMap()).containsOnlyKeys(2, 3);
            cache.put(2, 70);
            assertThat(cache.asMap()).containsOnlyKeys(2);
            cache.put(4, 101);
            assertThat(cache.asMap()).containsOnlyKeys(2);
            cache.put(2, 200);
            assertThat(cache.asMap()).isEmpty();
            await().untilAsserted(() ->
                    assertThat(left)
                            .containsExactly(
                                    "1:40SIZE",
                                    "2:40REPLACED",
                                    "3:40SIZE",
                                    "4:101SIZE",
                                    "2:70REPLACED",
                                    "2:200SIZE"));
            Checkup.of(cache, policy);
        }
    }

    @Test
    void hugeEntry_inAShardedCache_isAdmitted() {
        try (BoundedCache<Integer, Integer> cache =
                Caches.build(
                        Caches.<Integer, Integer>builder()
                                .policy(policy)
                                .maxWeight(1_000)
                                .shards(4)
                                .weigher((key, value) -> value))) {
            for (int key = 0; key < 1_000; key++) {
                cache.put(key, 1);
            }
            cache.put(5_000, 900);
            assertThat(cache.getIfPresent(5_000)).isEqualTo(900);
            assertThat(cache.statistics().weight()).isLessThanOrEqualTo(1_000);
            Checkup.of(cache, policy);
        }
    }

    @Test
    void entry_ofNoWeight_isPinned() {
        try (BoundedCache<Integer, Integer> cache =
                Caches.build(
                        Caches.<Integer, Integer>builder()
                                .policy(policy)
                                .maxWeight(10)
                                .weigher((key, value) -> value))) {
            cache.put(0, 0);
            cache.put(1, 1);
            for (int key = 2; key < 50; key++) {
                cache.put(key, 5);
            }
            assertThat(cache.getIfPresent(0)).isZero();
            assertThat(cache.getIfPresent(1)).isNull();
            cache.put(0, 5);
            Checkup.of(cache, policy);
            cache.put(0, 0);
            Checkup.of(cache, policy);
            assertThat(cache.hottest(1).getFirst().key()).isZero();
        }
    }

    @Test
    void pinned_byItsOptions_staysButCounts() {
        try (BoundedCache<Integer, Integer> cache =
                Caches.build(
                        Caches.<Integer, Integer>builder()
                                .policy(policy)
                                .maxEntries(2)
                                .entryOptions(true))) {
            EntryOptions pinned = EntryOptions.none().withPinned();
            cache.put(1, 1, pinned);
            cache.put(2, 2);
            cache.put(3, 3);
            assertThat(cache.asMap()).containsOnlyKeys(1, 3);
            cache.put(4, 4, pinned);
            cache.put(5, 5, pinned);
            // everything is pinned: nothing can go
            assertThat(cache.size()).isEqualTo(3);
            cache.put(1, 1);
            cache.put(6, 6);
            assertThat(cache.asMap()).containsOnlyKeys(4, 5);
            assertThat(cache.statistics().removals().get(RemovalCause.SIZE)).isEqualTo(4);
        }
    }

    @Test
    void weigher_outOfRange_makesTheWriteFail() {
        try (BoundedCache<Integer, Integer> cache =
                Caches.build(
                        Caches.<Integer, Integer>builder()
                                .policy(policy)
                                .maxWeight(10)
                                .weigher((key, value) -> value))) {
            cache.put(1, 1);
            assertThatThrownBy(() -> cache.put(1, -1))
                    .isInstanceOf(InvalidOptionException.class)
                    .hasMessageContaining("weight");
            assertThat(cache.getIfPresent(1)).isEqualTo(1);
            cache.put(2, Integer.MAX_VALUE);
            assertThat(cache.asMap()).containsOnlyKeys(1);
            Checkup.of(cache, policy);
        }
    }

    @Test
    void bytes_ofStringsAndArrays_areBounded() {
        try (BoundedCache<String, byte[]> cache =
                Caches.build(
                        Caches.<String, byte[]>builder()
                                .policy(policy)
                                .maxBytes(100_000)
                                .initialCapacity(1_000))) {
            for (int key = 0; key < 200; key++) {
                cache.put("key" + key, new byte[1_000]);
            }
            // a key, a value and an entry: 48 and 1,016 and 112 bytes
            assertThat(cache.size()).isBetween(84L, 86L);
            assertThat(cache.statistics().bytes()).isBetween(98_000L, 100_000L);
            Checkup.of(cache, policy);
        }
    }

    @Test
    void bytes_ofAnUnknownType_areRefusedWithAWayOut() {
        try (BoundedCache<String, Object> cache =
                Caches.build(Caches.<String, Object>builder().maxBytes(1_000))) {
            assertThatThrownBy(() -> cache.put("a", new Object()))
                    .isInstanceOf(InvalidOptionException.class)
                    .hasMessageContaining("valueSizer");
        }
    }

    @Test
    void heapSizer_knownTypes_areMeasured() {
        var sizer = HeapSizer.value();
        assertThat(sizer.bytes("abc")).isEqualTo(24 + 24);
        assertThat(sizer.bytes("\u4e16")).isEqualTo(24 + 24);
        assertThat(sizer.bytes("a\u4e16cde")).isEqualTo(24 + 32);
        assertThat(sizer.bytes(new boolean[1])).isEqualTo(24);
        assertThat(sizer.bytes(new short[4])).isEqualTo(24);
        assertThat(sizer.bytes(new char[5])).isEqualTo(32);
        assertThat(sizer.bytes(new int[2])).isEqualTo(24);
        assertThat(sizer.bytes(new float[3])).isEqualTo(32);
        assertThat(sizer.bytes(new long[1])).isEqualTo(24);
        assertThat(sizer.bytes(new double[2])).isEqualTo(32);
        assertThat(sizer.bytes(1L)).isEqualTo(24);
        assertThat(sizer.bytes(1)).isEqualTo(16);
        assertThat(sizer.bytes(RemovalCause.SIZE)).isZero();
        assertThat(HeapSizer.key().bytes(1)).isEqualTo(128);
    }

    @Test
    void resize_atRunTime_holdsAtOnce() {
        try (BoundedCache<Integer, Integer> cache =
                Caches.build(
                        Caches.<Integer, Integer>builder()
                                .policy(policy)
                                .maxEntries(1_000)
                                .shards(4))) {
            for (int key = 0; key < 1_000; key++) {
                cache.put(key, key);
            }
            cache.resize(cache.bounds().withMaxEntries(10));
            assertThat(cache.size()).isEqualTo(10);
            cache.resize(cache.bounds().withMaxEntries(100));
            for (int key = 0; key < 1_000; key++) {
                cache.put(key, key);
            }
            assertThat(cache.size()).isEqualTo(100);
            assertThatThrownBy(() -> cache.resize(new CacheBounds(10, 10, 0)))
                    .isInstanceOf(InvalidOptionException.class)
                    .hasMessageContaining("maxWeight");
            assertThatThrownBy(() -> cache.resize(new CacheBounds(0, 0, 0)))
                    .isInstanceOf(InvalidOptionException.class)
                    .hasMessageContaining("maxEntries");
            Checkup.of(cache, policy);
        }
    }

    @Test
    void bounds_changedOneByOne_keepTheOthers() {
        CacheBounds bounds = new CacheBounds(1, 2, 3);
        assertThat(bounds.withMaxEntries(4)).isEqualTo(new CacheBounds(4, 2, 3));
        assertThat(bounds.withMaxWeight(4)).isEqualTo(new CacheBounds(1, 4, 3));
        assertThat(bounds.withMaxBytes(4)).isEqualTo(new CacheBounds(1, 2, 4));
    }
}
