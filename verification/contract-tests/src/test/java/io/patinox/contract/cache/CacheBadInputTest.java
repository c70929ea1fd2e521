package io.patinox.contract.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.cache.Cache;
import io.patinox.memory.cache.EntryOptions;
import io.patinox.memory.cache.EvictionPolicy;
import io.patinox.memory.cache.RemovalCause;
import io.patinox.memory.cache.RemovalListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Claim: keys, values and weights that make no sense hurt nobody but the call they came with.
@SuppressWarnings("NullAway")
class CacheBadInputTest {

    private static <K> Cache<K, String> cache(int maxEntries) {
        return Cache.<K, String>builder().maxEntries(maxEntries).build();
    }

    /// A key whose hash code is that of all others, which counts how often it is compared.
    private record Comparable100(int number, AtomicLong comparisons)
            implements Comparable<Comparable100> {

        @Override
        public int compareTo(Comparable100 other) {
            comparisons.incrementAndGet();
            return Integer.compare(number, other.number);
        }

        @Override
        public boolean equals(Object other) {
            comparisons.incrementAndGet();
            return other instanceof Comparable100 that && that.number == number;
        }

        @Override
        public int hashCode() {
            return 42;
        }
    }

    /// A key whose hash code is that of all others, and which has no order.
    private record Colliding(int number) {

        @Override
        public int hashCode() {
            return 42;
        }
    }

    @Test
    void comparableKeys_allOfOneHashCode_areFoundInLogarithmicTime() {
        int keys = 100_000;
        AtomicLong comparisons = new AtomicLong();
        try (Cache<Comparable100, String> cache = cache(2 * keys)) {
            for (int i = 0; i < keys; i++) {
                cache.put(new Comparable100(i, comparisons), "value " + i);
            }
            assertThat(cache.size()).isEqualTo(keys);
            assertThat(comparisons.get() / keys).as("comparisons a put").isLessThanOrEqualTo(100);
            comparisons.set(0);
            for (int i = 0; i < keys; i++) {
                assertThat(cache.getIfPresent(new Comparable100(i, comparisons)))
                        .isEqualTo("value " + i);
            }
            assertThat(comparisons.get() / keys).as("comparisons a get").isLessThanOrEqualTo(100);
            for (int i = 0; i < keys; i += 2) {
                cache.invalidate(new Comparable100(i, comparisons));
            }
            assertThat(cache.size()).isEqualTo(keys / 2);
            assertThat(cache.asMap().keySet()).hasSize(keys / 2);
            assertThat(cache.getIfPresent(new Comparable100(1, comparisons))).isNotNull();
            assertThat(cache.getIfPresent(new Comparable100(2, comparisons))).isNull();
        }
    }

    @Test
    void keysWithoutOrder_allOfOneHashCode_areCappedAndTheSurplusEvicted() {
        List<RemovalCause> causes = new CopyOnWriteArrayList<>();
        RemovalListener<Colliding, String> listener = (_, _, cause) -> causes.add(cause);
        try (Cache<Colliding, String> cache =
                Cache.<Colliding, String>builder()
                        .maxEntries(100_000)
                        .evictionListener(listener)
                        .build()) {
            for (int i = 0; i < 10_000; i++) {
                cache.put(new Colliding(i), "value");
                assertThat(cache.size()).isLessThan(1_000);
            }
            long left = cache.statistics().removals().get(RemovalCause.COLLISION);
            assertThat(left + cache.size()).isEqualTo(10_000);
            assertThat(causes).hasSize((int) left).containsOnly(RemovalCause.COLLISION);
            assertThat(cache.getIfPresent(new Colliding(9_999))).as("the newest").isNotNull();
            cache.invalidateAll();
            assertThat(cache.size()).isZero();
        }
    }

    @Test
    void mutableKeys_changedWhileCached_areEvictedLikeAnyOther() {
        try (Cache<List<Integer>, String> cache = cache(16)) {
            for (int i = 0; i < 1_000; i++) {
                List<Integer> key = new ArrayList<>(List.of(i));
                cache.put(key, "value");
                key.add(i);
                assertThat(cache.getIfPresent(List.of(i))).isNull();
            }
            assertThat(cache.size()).isLessThanOrEqualTo(16);
            assertThat(cache.asMap().entrySet()).hasSize((int) cache.size());
            cache.invalidateAll();
            assertThat(cache.size()).isZero();
            assertThat(cache.statistics().removals().values().stream().mapToLong(n -> n).sum())
                    .isEqualTo(1_000);
        }
    }

    @TestFactory
    Stream<DynamicTest> nulls_everywhere_areRefusedAndChangeNothing() {
        Cache<String, String> cache = cache(10);
        cache.put("key", "value");
        Map<String, String> map = cache.asMap();
        Map<String, ThrowingCallable> calls =
                Map.ofEntries(
                        Map.entry("getIfPresent", () -> cache.getIfPresent(null)),
                        Map.entry("get", () -> cache.get(null, k -> k)),
                        Map.entry("get, no loader", () -> cache.get("other", null)),
                        Map.entry("peek", () -> cache.peek(null)),
                        Map.entry("entry", () -> cache.entry(null)),
                        Map.entry("put, key", () -> cache.put(null, "value")),
                        Map.entry("put, value", () -> cache.put("key", null)),
                        Map.entry("put, options", () -> cache.put("key", "other", null)),
                        Map.entry(
                                "put, key, options",
                                () -> cache.put(null, "other", EntryOptions.none())),
                        Map.entry("putAll", () -> cache.putAll(null)),
                        Map.entry("getAllPresent", () -> cache.getAllPresent(null)),
                        Map.entry(
                                "getAllPresent, a key",
                                () -> cache.getAllPresent(Arrays.asList("key", null))),
                        Map.entry("invalidate", () -> cache.invalidate(null)),
                        Map.entry("invalidateAll", () -> cache.invalidateAll(null)),
                        Map.entry("invalidateIf", () -> cache.invalidateIf(null)),
                        Map.entry("resize", () -> cache.resize(null)),
                        Map.entry("compute", () -> map.compute("key", null)),
                        Map.entry("computeIfAbsent", () -> map.computeIfAbsent(null, k -> k)),
                        Map.entry("merge, value", () -> map.merge("key", null, (a, _) -> a)),
                        Map.entry("replace", () -> map.replace("key", null)),
                        Map.entry("replace, old", () -> map.replace("key", null, "other")));
        return calls.entrySet().stream()
                .map(call ->
                        DynamicTest.dynamicTest(
                                call.getKey(),
                                () -> {
                                    assertThatThrownBy(call.getValue())
                                            .isInstanceOfAny(
                                                    NullPointerException.class,
                                                    IllegalArgumentException.class,
                                                    io.patinox.memory.error.InvalidOptionException
                                                            .class);
                                    assertThat(cache.asMap()).isEqualTo(Map.of("key", "value"));
                                }));
    }

    @Test
    void weigher_negative_refusesTheCallAndChangesNothing() {
        try (Cache<String, Integer> cache =
                Cache.<String, Integer>builder()
                        .maxWeight(100)
                        .weigher((_, value) -> value)
                        .build()) {
            cache.put("key", 5);
            assertThatThrownBy(() -> cache.put("key", -1)).isInstanceOf(RuntimeException.class);
            assertThatThrownBy(() -> cache.put("other", -1)).isInstanceOf(RuntimeException.class);
            assertThatThrownBy(() -> cache.get("third", _ -> Integer.MIN_VALUE))
                    .isInstanceOf(RuntimeException.class);
            assertThatThrownBy(() -> cache.asMap().compute("key", (_, _) -> -3))
                    .isInstanceOf(RuntimeException.class);
            assertThat(cache.asMap()).isEqualTo(Map.of("key", 5));
            assertThat(cache.statistics().weight()).isEqualTo(5);
            cache.put("other", 6);
            assertThat(cache.statistics().weight()).isEqualTo(11);
        }
    }

    @Test
    void weigher_hugeWeights_neitherOverflowNorStay() {
        try (Cache<Integer, Integer> cache =
                Cache.<Integer, Integer>builder()
                        .maxWeight(Long.MAX_VALUE / 4)
                        .weigher((_, value) -> value)
                        .build()) {
            for (int i = 0; i < 1_000; i++) {
                cache.put(i, Integer.MAX_VALUE);
            }
            assertThat(cache.statistics().weight()).isEqualTo(1_000L * Integer.MAX_VALUE);
        }
        try (Cache<Integer, Integer> cache =
                Cache.<Integer, Integer>builder()
                        .maxWeight(10)
                        .weigher((_, value) -> value)
                        .build()) {
            cache.put(1, 5);
            cache.put(2, Integer.MAX_VALUE);
            assertThat(cache.statistics().weight()).isLessThanOrEqualTo(10);
            assertThat(cache.getIfPresent(2)).as("heavier than the whole cache").isNull();
            cache.put(1, Integer.MAX_VALUE);
            assertThat(cache.statistics().weight()).isLessThanOrEqualTo(10);
            assertThat(cache.getIfPresent(1)).as("neither value stays").isNull();
        }
    }

    @Test
    void weights_ofZero_areNeverEvictedForTheirSize() {
        try (Cache<Integer, Integer> cache =
                Cache.<Integer, Integer>builder()
                        .maxWeight(10)
                        .weigher((_, value) -> value)
                        .build()) {
            for (int i = 0; i < 100; i++) {
                cache.put(i, 0);
            }
            for (int i = 100; i < 1_000; i++) {
                cache.put(i, 1);
            }
            for (int i = 0; i < 100; i++) {
                assertThat(cache.peek(i)).isZero();
            }
            assertThat(cache.statistics().weight()).isLessThanOrEqualTo(10);
        }
    }

    @Test
    void weights_toZeroAndBack_comeToThePolicyAsNew() {
        WatchedPolicy policy = new WatchedPolicy(EvictionPolicy.lfu());
        try (Cache<Integer, Integer> cache =
                Cache.<Integer, Integer>builder()
                        .maxWeight(100)
                        .weigher((_, value) -> value)
                        .policy(policy)
                        .build()) {
            for (int round = 0; round < 3; round++) {
                for (int key = 0; key < 50; key++) {
                    cache.put(key, 1);
                    cache.getIfPresent(key);
                }
                for (int key = 0; key < 200; key++) {
                    cache.put(key, key % 3);
                    cache.put(key, (key + 1) % 3);
                }
            }
            assertThat(policy.breaches()).isEmpty();
            long unpinned = cache.asMap().values().stream().filter(weight -> weight > 0).count();
            assertThat(policy.known()).isEqualTo((int) unpinned);
        }
    }

    @Test
    void oneKey_everyAccess_isCountedAndNeverLost() {
        try (Cache<String, String> cache = cache(100)) {
            cache.put("hot", "value");
            for (int i = 0; i < 100_000; i++) {
                assertThat(cache.getIfPresent("hot")).isEqualTo("value");
            }
            assertThat(cache.statistics().hits()).isEqualTo(100_000);
            for (int i = 0; i < 150; i++) {
                cache.put("cold " + i, "value");
                cache.getIfPresent("hot");
            }
            assertThat(cache.statistics().hits() + cache.statistics().misses()).isEqualTo(100_150);
        }
    }

    @Test
    void bounds_ofOneEntry_holdOneEntry() {
        try (Cache<Integer, String> cache = cache(1)) {
            for (int i = 0; i < 100; i++) {
                cache.put(i, "value");
                assertThat(cache.size()).isLessThanOrEqualTo(1);
            }
            assertThat(cache.statistics().removals().get(RemovalCause.SIZE))
                    .isGreaterThanOrEqualTo(99);
        }
    }

    @Test
    void lifetime_ofZero_isGoneAtOnce() {
        try (Cache<Integer, String> cache =
                Cache.<Integer, String>builder()
                        .maxEntries(10)
                        .expiry((_, _) -> Duration.ZERO)
                        .build()) {
            cache.put(1, "value");
            assertThat(cache.getIfPresent(1)).isNull();
            await().atMost(Audit.SOON).until(() -> cache.size() == 0);
        }
    }
}
