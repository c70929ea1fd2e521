package io.patinox.memory.cache.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.cache.CacheBounds;
import io.patinox.memory.cache.CacheBuilder;
import io.patinox.memory.cache.EvictionPolicy;
import io.patinox.memory.cache.RemovalCause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Operations by lot on every sort of cache, with the universal check at the end.
class RandomOperationsTest {

    private static final int KEYS = 300;

    /// What bounds a cache.
    enum Bound {
        ENTRIES,
        WEIGHT,
        BYTES,
        ALL,
        NONE
    }

    static Stream<Arguments> sorts() {
        return Stream.of(Bound.values())
                .flatMap(bound ->
                        EvictionPolicy.names().stream()
                                .flatMap(policy ->
                                        Stream.of(true, false)
                                                .map(timed -> Arguments.of(bound, policy, timed))));
    }

    private final TestTicker ticker = new TestTicker();
    private final AtomicLong removed = new AtomicLong();

    private CacheBuilder<Integer, Integer> builder(
            Bound bound, KnowingPolicy policy, boolean timed) {
        CacheBuilder<Integer, Integer> builder =
                Caches.<Integer, Integer>builder().policy(policy).ticker(ticker);
        if (bound == Bound.ENTRIES || bound == Bound.ALL) {
            builder.maxEntries(100);
        }
        if (bound == Bound.WEIGHT || bound == Bound.ALL) {
            builder.maxWeight(300).weigher((key, value) -> key % 7);
        }
        if (bound == Bound.BYTES || bound == Bound.ALL) {
            builder.maxBytes(20_000);
        }
        if (bound == Bound.NONE) {
            builder.unbounded();
        }
        if (timed) {
            builder.expireAfterWrite(Duration.ofSeconds(10));
        }
        return builder;
    }

    @ParameterizedTest
    @MethodSource("sorts")
    void operations_byOneThread_keepWhatTheModelHas(Bound bound, String name, boolean timed) {
        KnowingPolicy policy = new KnowingPolicy(EvictionPolicy.byName(name));
        long seed = ThreadLocalRandom.current().nextLong();
        System.out.println("seed " + seed);
        RandomGenerator random = new java.util.SplittableRandom(seed);
        Map<Integer, Integer> model = new HashMap<>();
        try (BoundedCache<Integer, Integer> cache =
                Caches.build(
                        builder(bound, policy, timed)
                                .shards(2)
                                .removalListener((k, v, cause) -> removed.incrementAndGet()))) {
            for (int n = 0; n < 4_000; n++) {
                int key = random.nextInt(KEYS);
                Integer fresh = n;
                switch (random.nextInt(12)) {
                    case 0, 1, 2 -> {
                        cache.put(key, fresh);
                        model.put(key, fresh);
                    }
                    case 3 -> {
                        cache.invalidate(key);
                        model.remove(key);
                    }
                    case 4 -> {
                        Integer made = cache.get(key, k -> fresh);
                        check(model, key, made, fresh);
                        model.put(key, Objects.requireNonNull(made));
                    }
                    case 5 -> {
                        boolean drop = random.nextInt(3) == 0;
                        @Nullable Integer[] old = new @Nullable Integer[1];
                        cache.asMap()
                                .compute(
                                        key,
                                        (k, v) -> {
                                            old[0] = v;
                                            return drop ? null : fresh;
                                        });
                        check(model, key, old[0], null);
                        if (drop) {
                            model.remove(key);
                        } else {
                            model.put(key, fresh);
                        }
                    }
                    case 6 -> {
                        if (timed && random.nextInt(20) == 0) {
                            ticker.advance(Duration.ofSeconds(random.nextInt(12)));
                        }
                    }
                    case 7 -> check(model, key, cache.asMap().remove(key), null);
                    default -> check(model, key, cache.getIfPresent(key), null);
                }
                if (cache.peek(key) == null) {
                    model.remove(key);
                }
            }
            cache.cleanUp();
            Checkup.of(cache, policy);
            cache.asMap().forEach((key, value) -> assertThat(model).containsEntry(key, value));
            if (bound == Bound.NONE && !timed) {
                assertThat(cache.asMap()).isEqualTo(model);
            }
        }
    }

    /// What is found is what the model has, or nothing, as it may have been evicted.
    private static void check(
            Map<Integer, Integer> model,
            int key,
            @Nullable Integer found,
            @Nullable Integer orElse) {
        if (found != null && !found.equals(orElse)) {
            assertThat(model).containsEntry(key, found);
        }
    }

    @ParameterizedTest
    @MethodSource("sorts")
    void operations_byManyThreads_endInAgreement(Bound bound, String name, boolean timed)
            throws Exception {
        KnowingPolicy policy = new KnowingPolicy(EvictionPolicy.byName(name));
        AtomicLong put = new AtomicLong();
        long seed = ThreadLocalRandom.current().nextLong();
        System.out.println("seed " + seed);
        BoundedCache<Integer, Integer> cache =
                Caches.build(
                        builder(bound, policy, timed)
                                .shards(4)
                                .removalListener((k, v, cause) -> removed.incrementAndGet()));
        CountDownLatch start = new CountDownLatch(1);
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            RandomGenerator random = new java.util.SplittableRandom(seed + t);
            threads.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                try {
                                    start.await();
                                    for (int n = 0; n < 3_000; n++) {
                                        operate(cache, random, put, bound);
                                    }
                                } catch (Throwable e) {
                                    failure.set(e);
                                }
                            }));
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failure.get()).isNull();
        cache.cleanUp();
        Checkup.of(cache, policy);
        long left = cache.size();
        cache.close();
        assertThat(removed.get()).as("values that left").isEqualTo(put.get());
        long counted =
                cache.statistics().removals().values().stream().mapToLong(Long::longValue).sum();
        assertThat(counted).isEqualTo(put.get());
        assertThat(cache.statistics().removals().get(RemovalCause.CLOSED)).isEqualTo(left);
    }

    private void operate(
            BoundedCache<Integer, Integer> cache,
            RandomGenerator random,
            AtomicLong put,
            Bound bound) {
        int key = random.nextInt(KEYS);
        // a value of its own each time: what is put in again has not been replaced
        Integer fresh = (int) put.incrementAndGet() + 1_000;
        switch (random.nextInt(10)) {
            case 0, 1 -> cache.put(key, fresh);
            case 2 -> {
                cache.invalidate(key);
                put.decrementAndGet();
                return;
            }
            case 3 -> {
                boolean[] made = new boolean[1];
                cache.asMap()
                        .computeIfAbsent(
                                key,
                                k -> {
                                    made[0] = true;
                                    return fresh;
                                });
                put.addAndGet(made[0] ? 0 : -1);
                return;
            }
            case 4 -> cache.asMap().compute(key, (k, old) -> fresh);
            case 5 -> cache.asMap().merge(key, fresh, (old, also) -> fresh);
            case 6 -> {
                if (cache.asMap().replace(key, fresh) == null) {
                    put.decrementAndGet();
                }
                return;
            }
            case 7 -> {
                ticker.advance(Duration.ofMillis(random.nextInt(20)));
                if (bound == Bound.ENTRIES && random.nextInt(50) == 0) {
                    cache.resize(new CacheBounds(50 + random.nextInt(100), 0, 0));
                }
                put.decrementAndGet();
                return;
            }
            default -> {
                Integer _ = cache.getIfPresent(key);
                put.decrementAndGet();
                return;
            }
        }
        if (random.nextInt(1_000) == 0) {
            cache.invalidateAll();
        }
    }
}
