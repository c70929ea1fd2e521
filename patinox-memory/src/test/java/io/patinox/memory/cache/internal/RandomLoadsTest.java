package io.patinox.memory.cache.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.cache.CacheBuilder;
import io.patinox.memory.cache.CacheLoader;
import io.patinox.memory.cache.EvictionPolicy;
import io.patinox.memory.cache.LoadingCache;
import io.patinox.memory.error.CacheException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RandomLoadsTest {

    private static final int KEYS = 40;
    private static final int OPERATIONS = 2_000;

    private final TestTicker ticker = new TestTicker();

    /// Fails for some keys, finds nothing for others, and brings one more than it was asked for.
    private record Moody(Random random) implements CacheLoader<Integer, Integer> {

        private int mood() {
            synchronized (random) {
                return random.nextInt(10);
            }
        }

        @Override
        public @Nullable Integer load(Integer key) throws Exception {
            return switch (mood()) {
                case 0 -> throw new IOException("gone");
                case 1 -> throw new IllegalStateException("gone");
                case 2 -> null;
                case 3 -> {
                    Thread.yield();
                    yield key;
                }
                default -> key;
            };
        }

        @Override
        public Map<Integer, Integer> loadAll(Set<? extends Integer> keys) throws Exception {
            Map<Integer, Integer> values = new HashMap<>();
            for (Integer key : keys) {
                Integer value = load(key);
                if (value != null) {
                    values.put(key, value);
                    values.put((key + 1) % KEYS, (key + 1) % KEYS);
                }
            }
            return values;
        }
    }

    private void run(UnaryOperator<CacheBuilder<Integer, Integer>> options) throws Exception {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        KnowingPolicy policy = new KnowingPolicy(EvictionPolicy.lru());
        CacheBuilder<Integer, Integer> builder = Caches.builder();
        LoadingCache<Integer, Integer> cache =
                options.apply(builder.policy(policy).ticker(ticker).maxEntries(30).shards(2))
                        .build(new Moody(new Random(seed)));
        BoundedCache<Integer, Integer> inside = (BoundedCache<Integer, Integer>) cache;
        List<CompletableFuture<?>> pending = new ArrayList<>();
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
            List<Future<?>> all = new ArrayList<>();
            for (int t = 0; t < 3; t++) {
                Random random = new Random(seed + t);
                all.add(
                        threads.submit(() -> {
                            for (int i = 0; i < OPERATIONS; i++) {
                                operate(cache, random, pending);
                            }
                        }));
            }
            for (Future<?> each : all) {
                each.get(120, TimeUnit.SECONDS);
            }
        }
        for (CompletableFuture<?> each : pending) {
            CompletableFuture<?> done = each.handle((value, thrown) -> value);
            assertThat(done).succeedsWithin(Duration.ofSeconds(120));
        }
        // refreshes that hits have started
        for (int key = 0; key < KEYS; key++) {
            while (inside.refreshes.running(key)) {
                Thread.onSpinWait();
            }
        }
        Checkup.of(inside, policy);
        cache.close();
        assertThat(cache.size()).isZero();
    }

    private void operate(
            LoadingCache<Integer, Integer> cache,
            Random random,
            List<CompletableFuture<?>> pending) {
        int key = random.nextInt(KEYS);
        try {
            switch (random.nextInt(10)) {
                case 0 -> cache.put(key, key);
                case 1 -> cache.invalidate(key);
                case 2 -> ticker.advance(Duration.ofSeconds(random.nextInt(20)));
                case 3 -> cache.getAll(List.of(key, (key + 7) % KEYS, (key + 9) % KEYS));
                case 4 -> add(pending, cache.refresh(key));
                case 5 -> add(pending, cache.refreshAll(Set.of(key, (key + 3) % KEYS)));
                case 6 -> {
                    CompletableFuture<?> value = cache.async().get(key);
                    if (random.nextBoolean()) {
                        value.cancel(true);
                    }
                    add(pending, value);
                }
                case 7 -> cache.asMap().compute(key, (k, old) -> random.nextBoolean() ? k : null);
                default -> {
                    Integer value = cache.get(key);
                    assertThat(value == null || value == key).isTrue();
                }
            }
        } catch (CacheException | IllegalStateException | CompletionException e) {
            // its loader was in that mood
        }
    }

    private static void add(List<CompletableFuture<?>> pending, CompletableFuture<?> future) {
        synchronized (pending) {
            pending.add(future);
        }
    }

    @Test
    void loads_plain_leaveEverythingInOrder() throws Exception {
        run(builder -> builder);
    }

    @Test
    void loads_withWindowsAndAbsences_leaveEverythingInOrder() throws Exception {
        run(builder ->
                builder.expireAfterWrite(Duration.ofSeconds(30))
                        .staleWhileRevalidate(Duration.ofSeconds(20))
                        .staleIfError(Duration.ofSeconds(60))
                        .refreshAfterWrite(Duration.ofSeconds(10))
                        .earlyRefresh(1)
                        .cacheNulls(Duration.ofSeconds(5))
                        .cacheExceptions(Duration.ofSeconds(5)));
    }

    @Test
    void loads_limitedAndWeighed_leaveEverythingInOrder() throws Exception {
        run(builder ->
                builder.maxConcurrentLoads(2)
                        .maxBatchSize(2)
                        .maxWeight(60)
                        .weigher((key, value) -> key % 4)
                        .expireAfterAccess(Duration.ofSeconds(30)));
    }

    @Test
    void loads_gatheredWithATimeLimit_leaveEverythingInOrder() throws Exception {
        run(builder ->
                builder.coalesce(Duration.ofMillis(1), 4).loadTimeout(Duration.ofSeconds(100)));
    }
}
