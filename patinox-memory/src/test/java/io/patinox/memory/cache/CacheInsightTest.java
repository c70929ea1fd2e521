package io.patinox.memory.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.cache.CacheAdvice.Verdict;
import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.monitor.Health;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CacheInsightTest {

    private static CacheBuilder<Integer, byte[]> builder() {
        return Cache.<Integer, byte[]>builder().missRatioCurve(true);
    }

    private static void read(Cache<Integer, byte[]> cache, int from, int keys, int reads) {
        Random random = new Random(3);
        for (int i = 0; i < reads; i++) {
            int key = from + (int) (keys * Math.pow(random.nextDouble(), 3));
            cache.get(key, _ -> new byte[100]);
        }
    }

    private static double hitRatio(int entries) {
        try (Cache<Integer, byte[]> cache =
                Cache.<Integer, byte[]>builder()
                        .maxEntries(entries)
                        .policy(EvictionPolicy.lru())
                        .build()) {
            read(cache, 0, 4_000, 100_000);
            return cache.statistics().hitRatio();
        }
    }

    @Test
    void missRatioCurve_ofACache_isThatOfCachesOfOtherSizes() {
        try (Cache<Integer, byte[]> cache =
                builder().maxEntries(400).policy(EvictionPolicy.lru()).build()) {
            // at most a burst of them is looked at before the next second
            read(cache, 0, 4_000, 100_000);

            MissRatioCurve curve = cache.missRatioCurve();
            for (int entries : new int[] {200, 400, 800, 1_500}) {
                assertThat(curve.hitRatioAt(entries)).isCloseTo(hitRatio(entries), within(0.05));
            }
            assertThat(cache.advice().verdict()).isEqualTo(Verdict.TOO_SMALL);
            assertThat(cache.advice().sentence()).startsWith("twice the size would raise hits");
        }
    }

    @Test
    void missRatioCurve_notEstimated_isRefused() {
        try (Cache<Integer, byte[]> cache = Cache.<Integer, byte[]>builder().build()) {
            assertThatThrownBy(cache::missRatioCurve)
                    .isInstanceOf(InvalidOptionException.class)
                    .hasMessageContaining("missRatioCurve(true)");
            assertThatThrownBy(cache::advice).isInstanceOf(InvalidOptionException.class);
        }
    }

    @Test
    void missRatioCurve_boundInBytes_followsWhatEntriesTake() {
        try (Cache<Integer, byte[]> cache = builder().maxBytes(1_000_000).build()) {
            read(cache, 0, 20_000, 50_000);

            await().atMost(Duration.ofMinutes(1))
                    .until(() -> cache.missRatioCurve().reach() > 4 * cache.size() / 2);
            assertThat(cache.missRatioCurve().reach()).isLessThan(4L * 2 * cache.size() * 2);
        }
    }

    @Test
    void budget_ofCaches_movesBytesToTheOneThatIsRead() {
        try (MemoryBudget budget = MemoryBudget.builder(400_000).interval(Duration.ZERO).build();
                Cache<Integer, byte[]> busy = builder().maxBytes(1).build();
                Cache<Integer, byte[]> idle = builder().maxBytes(1).build()) {
            budget.register(busy, 10_000, 400_000);
            budget.register(idle, 10_000, 400_000);
            assertThat(busy.bounds().maxBytes()).isBetween(199_000L, 390_000L);
            read(busy, 0, 4_000, 30_000);
            read(idle, 0, 4_000, 3_000);
            long before = busy.bounds().maxBytes();

            for (int round = 0; round < 5; round++) {
                budget.rebalance();
                read(busy, 0, 4_000, 30_000);
                read(idle, 0, 4_000, 3_000);
            }

            assertThat(busy.bounds().maxBytes()).isGreaterThan(before);
            assertThat(busy.bounds().maxBytes() + idle.bounds().maxBytes())
                    .isLessThanOrEqualTo(400_000);
            assertThat(idle.statistics().bytes()).isLessThanOrEqualTo(idle.bounds().maxBytes());
        }
    }

    @Test
    void budget_cacheWithoutBytesOrCurve_isRefused() {
        try (MemoryBudget budget = MemoryBudget.builder(1_000).interval(Duration.ZERO).build();
                Cache<Integer, byte[]> counted = builder().build();
                Cache<Integer, byte[]> unwatched =
                        Cache.<Integer, byte[]>builder().maxBytes(9).build()) {
            assertThatThrownBy(() -> budget.register(counted, 1, 10))
                    .hasMessageContaining("maxBytes");
            assertThatThrownBy(() -> budget.register(unwatched, 1, 10))
                    .hasMessageContaining("missRatioCurve");
            assertThat(budget.shares()).isEmpty();
        }
    }

    @Test
    void budget_cacheIsClosed_leaves() {
        try (MemoryBudget budget = MemoryBudget.builder(1_000).interval(Duration.ZERO).build()) {
            Cache<Integer, byte[]> gone = builder().maxBytes(9).build();
            budget.register(gone, 1, 1_000);
            gone.close();
            try (Cache<Integer, byte[]> cache = builder().maxBytes(9).build()) {
                budget.register(cache, 1, 1_000);

                assertThat(budget.shares())
                        .extracting(BudgetShare::member)
                        .containsExactly(cache.name());
            }
        }
    }

    @Test
    void health_cacheTurnsOverFast_isDegraded() {
        try (Cache<Integer, byte[]> cache =
                Cache.<Integer, byte[]>builder().maxEntries(100).build()) {
            assertThat(cache.health()).isEqualTo(Health.up());
            int[] next = {0};

            await().atMost(Duration.ofMinutes(1))
                    .until(() -> {
                        for (int i = 0; i < 200_000; i++) {
                            cache.put(next[0]++, new byte[0]);
                        }
                        return cache.health().status() == Health.Status.DEGRADED;
                    });

            assertThat(cache.health().reasons())
                    .extracting(Health.Reason::code)
                    .containsExactly("CACHE-EVICTION-STORM");
            await().atMost(Duration.ofMinutes(1)).until(() -> cache.health().equals(Health.up()));
        }
    }

    @Test
    void metrics_ofACache_nameWhatThereIs() {
        try (Cache<Integer, byte[]> cache = builder().maxEntries(7).build()) {
            read(cache, 0, 3, 10);

            assertThat(cache.metrics().counters())
                    .containsKeys(
                            "cache.hits",
                            "cache.misses",
                            "cache.removals.size",
                            "cache.callback.failed");
            assertThat(cache.metrics().gauges())
                    .containsEntry("cache.entries.max", 7L)
                    .containsEntry("cache.removals.waiting", 0L);
        }
    }
}
