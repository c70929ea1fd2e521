package io.patinox.memory.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.error.CacheLoadException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class BulkLoadTest {

    private static final Executor THREADS = task -> Thread.ofVirtual().start(task);

    /// Makes of each key its square, and notes which keys it was asked for together.
    private static class Squares implements CacheLoader<Integer, Integer> {
        final List<Set<Integer>> asked = Collections.synchronizedList(new ArrayList<>());

        @Override
        public Integer load(Integer key) {
            asked.add(Set.of(key));
            return key * key;
        }

        @Override
        public Map<Integer, Integer> loadAll(Set<? extends Integer> keys) throws Exception {
            asked.add(Set.copyOf(keys));
            before(keys);
            Map<Integer, Integer> values = new HashMap<>();
            keys.forEach(key -> values.put(key, key * key));
            return values;
        }

        void before(Set<? extends Integer> keys) throws Exception {}
    }

    @Test
    void getAll_moreThanABatch_asksForPortions() {
        Squares squares = new Squares();
        try (LoadingCache<Integer, Integer> cache =
                Cache.<Integer, Integer>builder().maxBatchSize(2).build(squares)) {
            assertThat(cache.getAll(List.of(1, 2, 3, 4, 5))).hasSize(5).containsEntry(5, 25);
            assertThat(squares.asked).containsExactly(Set.of(1, 2), Set.of(3, 4), Set.of(5));
        }
    }

    @Test
    void getAll_overlapping_loadEachKeyOnceAndDoNotWaitForEachOther() {
        Gate first = new Gate();
        Gate second = new Gate();
        Squares squares =
                new Squares() {
                    @Override
                    void before(Set<? extends Integer> keys) throws Exception {
                        (keys.contains(1) ? first : second).pass();
                    }
                };
        try (LoadingCache<Integer, Integer> cache =
                Cache.<Integer, Integer>builder().build(squares)) {
            CompletableFuture<Map<Integer, Integer>> one =
                    CompletableFuture.supplyAsync(() -> cache.getAll(List.of(1, 2)), THREADS);
            first.awaitReached();
            CompletableFuture<Map<Integer, Integer>> other =
                    CompletableFuture.supplyAsync(() -> cache.getAll(List.of(3, 2)), THREADS);
            second.awaitReached();
            second.open();
            first.open();
            assertThat(one.join()).isEqualTo(Map.of(1, 1, 2, 4));
            assertThat(other.join()).isEqualTo(Map.of(3, 9, 2, 4));
            assertThat(squares.asked).containsExactly(Set.of(1, 2), Set.of(3));
        }
    }

    @Test
    void getAll_fails_failsOnlyItsKeys() {
        Gate single = new Gate();
        CacheLoader<Integer, Integer> loader =
                new CacheLoader<>() {
                    @Override
                    public Integer load(Integer key) throws Exception {
                        single.pass();
                        return key;
                    }

                    @Override
                    public Map<Integer, Integer> loadAll(Set<? extends Integer> keys)
                            throws Exception {
                        throw new IOException("gone");
                    }
                };
        try (LoadingCache<Integer, Integer> cache =
                Cache.<Integer, Integer>builder().build(loader)) {
            CompletableFuture<Integer> one =
                    CompletableFuture.supplyAsync(() -> cache.get(1), THREADS);
            single.awaitReached();
            CompletableFuture<Throwable> all =
                    CompletableFuture.supplyAsync(
                            () -> catchThrowable(() -> cache.getAll(List.of(1, 2, 3))), THREADS);
            await().until(() -> cache.statistics().loadFailures() == 2);
            single.open();
            assertThat(one.join()).isEqualTo(1);
            assertThat(all.join())
                    .isInstanceOf(CacheLoadException.class)
                    .hasCauseInstanceOf(IOException.class);
            assertThat(cache.getIfPresent(1)).isEqualTo(1);
            assertThat(cache.size()).isEqualTo(1);
        }
    }

    @Test
    void getAll_loaderReturnsNull_fails() {
        CacheLoader<Integer, Integer> loader =
                new CacheLoader<>() {
                    @Override
                    public Integer load(Integer key) {
                        return key;
                    }

                    @Override
                    @SuppressWarnings("NullAway") // that is what is tried
                    public Map<Integer, Integer> loadAll(Set<? extends Integer> keys) {
                        return null;
                    }
                };
        try (LoadingCache<Integer, Integer> cache =
                Cache.<Integer, Integer>builder().build(loader)) {
            assertThatThrownBy(() -> cache.getAll(List.of(1, 2)))
                    .isInstanceOf(NullPointerException.class);
            assertThat(cache.get(1)).isEqualTo(1);
        }
    }

    @Test
    void getAll_keyIsNull_givesUpWhatItAnnounced() {
        Squares squares = new Squares();
        List<Integer> keys = new ArrayList<>();
        keys.add(1);
        keys.add(null);
        try (LoadingCache<Integer, Integer> cache =
                Cache.<Integer, Integer>builder().build(squares)) {
            assertThatThrownBy(() -> cache.getAll(keys)).isInstanceOf(NullPointerException.class);
            assertThat(cache.get(1)).isEqualTo(1);
        }
    }

    @Test
    void getAll_extraInvalidatedMeanwhile_isNotCached() {
        Gate gate = new Gate();
        CacheLoader<Integer, Integer> loader =
                new CacheLoader<>() {
                    @Override
                    public Integer load(Integer key) {
                        return key;
                    }

                    @Override
                    public Map<Integer, Integer> loadAll(Set<? extends Integer> keys)
                            throws Exception {
                        gate.pass();
                        return Map.of(1, 1, 2, 2, 9, 9);
                    }
                };
        try (LoadingCache<Integer, Integer> cache =
                Cache.<Integer, Integer>builder().build(loader)) {
            CompletableFuture<Map<Integer, Integer>> all =
                    CompletableFuture.supplyAsync(() -> cache.getAll(List.of(1, 2)), THREADS);
            gate.awaitReached();
            cache.invalidate(9);
            gate.open();
            assertThat(all.join()).hasSize(2);
            assertThat(cache.getIfPresent(9)).isNull();
        }
    }

    @Test
    void getAll_oneKey_cachesExtrasUnlessTheyCannotBeWeighed() {
        Squares squares =
                new Squares() {
                    @Override
                    public Map<Integer, Integer> loadAll(Set<? extends Integer> keys) {
                        return Map.of(1, 1, 7, 49, 8, 64);
                    }
                };
        try (LoadingCache<Integer, Integer> cache =
                Cache.<Integer, Integer>builder()
                        .maxWeight(100)
                        .weigher((key, value) -> key == 8 ? -1 : 1)
                        .build(squares)) {
            assertThat(cache.getAll(List.of(1))).hasSize(1);
            assertThat(cache.getAllPresent(List.of(1, 7, 8))).containsOnlyKeys(1, 7);
        }
    }

    @Test
    void getAll_withTimeout_runsOnTheExecutor() {
        ManualTime time = new ManualTime();
        Gate gate = new Gate();
        Squares squares =
                new Squares() {
                    @Override
                    void before(Set<? extends Integer> keys) throws Exception {
                        if (keys.contains(3)) {
                            gate.pass();
                        }
                    }
                };
        try (LoadingCache<Integer, Integer> cache =
                Cache.<Integer, Integer>builder()
                        .alarms(time)
                        .loadTimeout(Duration.ofSeconds(1))
                        .maxBatchSize(2)
                        .build(squares)) {
            CompletableFuture<Throwable> all =
                    CompletableFuture.supplyAsync(
                            () -> catchThrowable(() -> cache.getAll(List.of(1, 2, 3))), THREADS);
            gate.awaitReached();
            await().until(() -> cache.getIfPresent(2) != null);
            time.advance(Duration.ofSeconds(1));
            assertThat(all.join())
                    .isInstanceOf(io.patinox.memory.error.CacheLoadTimeoutException.class);
            assertThat(cache.getAllPresent(List.of(1, 2, 3))).containsOnlyKeys(1, 2);
        }
    }

    @Test
    void getAll_keyBeingComputed_waitsForThat() {
        Gate gate = new Gate();
        Squares squares = new Squares();
        try (LoadingCache<Integer, Integer> cache =
                Cache.<Integer, Integer>builder().build(squares)) {
            CompletableFuture<Integer> computed =
                    CompletableFuture.supplyAsync(
                            () ->
                                    cache.asMap()
                                            .compute(
                                                    1,
                                                    (key, old) -> {
                                                        try {
                                                            gate.pass();
                                                        } catch (InterruptedException e) {
                                                            throw new AssertionError(e);
                                                        }
                                                        return 7;
                                                    }),
                            THREADS);
            gate.awaitReached();
            CompletableFuture<Map<Integer, Integer>> all =
                    CompletableFuture.supplyAsync(() -> cache.getAll(List.of(1, 2)), THREADS);
            CompletableFuture<Integer> async = cache.async().get(1);
            await().until(() -> cache.getIfPresent(2) != null);
            gate.open();
            assertThat(computed.join()).isEqualTo(7);
            assertThat(all.join()).isEqualTo(Map.of(1, 7, 2, 4));
            assertThat(async.join()).isEqualTo(7);
        }
    }

    @Test
    void get_coalescing_loadsWhatCameInTheWindowTogether() {
        ManualTime time = new ManualTime();
        Squares squares = new Squares();
        try (LoadingCache<Integer, Integer> cache =
                Cache.<Integer, Integer>builder()
                        .alarms(time)
                        .coalesce(Duration.ofMillis(5), 3)
                        .build(squares)) {
            CompletableFuture<Integer> one = cache.async().get(1);
            CompletableFuture<Integer> two = cache.async().get(2);
            assertThat(squares.asked).isEmpty();
            time.advance(Duration.ofMillis(5));
            assertThat(one.join()).isEqualTo(1);
            assertThat(two.join()).isEqualTo(4);
            CompletableFuture<Integer> gone = cache.async().get(8);
            gone.cancel(false);
            List<CompletableFuture<Integer>> three =
                    List.of(cache.async().get(3), cache.async().get(4), cache.async().get(5));
            three.forEach(CompletableFuture::join);
            assertThat(squares.asked).containsExactly(Set.of(1, 2), Set.of(3, 4, 5));
            assertThat(time.pending()).isZero();
            assertThat(cache.get(9, key -> 0)).isZero();
        }
    }

    @Test
    void getAll_async_returnsAllAndCanBeCancelled() {
        Gate gate = new Gate();
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Squares squares =
                new Squares() {
                    @Override
                    void before(Set<? extends Integer> keys) throws Exception {
                        if (keys.contains(7)) {
                            try {
                                gate.pass();
                            } catch (InterruptedException e) {
                                interrupted.complete(true);
                                throw e;
                            }
                        }
                    }
                };
        try (LoadingCache<Integer, Integer> cache =
                Cache.<Integer, Integer>builder().build(squares)) {
            cache.put(1, 5);
            assertThat(cache.async().getAll(List.of(1, 2, 3)).join())
                    .isEqualTo(Map.of(1, 5, 2, 4, 3, 9));
            CompletableFuture<Map<Integer, Integer>> all = cache.async().getAll(List.of(7, 8));
            gate.awaitReached();
            all.cancel(false);
            assertThat(interrupted.join()).isTrue();
            assertThat(cache.size()).isEqualTo(3);
        }
    }

    @Test
    void refreshAll_presentAndAbsent_reloadsAndLoads() {
        Squares squares = new Squares();
        try (LoadingCache<Integer, Integer> cache =
                Cache.<Integer, Integer>builder().build(squares)) {
            cache.put(1, 0);
            cache.put(2, 0);
            assertThat(cache.refreshAll(Set.of(1, 2, 3)).join())
                    .isEqualTo(Map.of(1, 1, 2, 4, 3, 9));
            assertThat(cache.getAllPresent(List.of(1, 2, 3))).isEqualTo(Map.of(1, 1, 2, 4, 3, 9));
            assertThat(squares.asked).contains(Set.of(1, 2)).contains(Set.of(3));
            assertThat(cache.refreshAll(Set.of(1)).join()).isEqualTo(Map.of(1, 1));
        }
    }

    @Test
    void refreshAll_fails_keepsTheOldValues() {
        Squares squares =
                new Squares() {
                    @Override
                    void before(Set<? extends Integer> keys) throws Exception {
                        throw new IOException("gone");
                    }
                };
        try (LoadingCache<Integer, Integer> cache =
                Cache.<Integer, Integer>builder().build(squares)) {
            cache.put(1, 0);
            cache.put(2, 0);
            assertThatThrownBy(() -> cache.refreshAll(Set.of(1, 2)).join())
                    .hasCauseInstanceOf(CacheLoadException.class);
            assertThat(cache.getAllPresent(List.of(1, 2))).isEqualTo(Map.of(1, 0, 2, 0));
        }
    }
}
