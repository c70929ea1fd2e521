package io.patinox.contract.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.patinox.memory.cache.AsyncCache;
import io.patinox.memory.cache.Cache;
import io.patinox.memory.cache.CacheLoader;
import io.patinox.memory.cache.LoadingCache;
import io.patinox.memory.error.CacheLoadTimeoutException;
import io.patinox.memory.error.CacheRecursiveException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LoadingContractTest {

    private static final int KEYS = 16;

    /// Where values come from: each has a version that a thread raises before it invalidates.
    private static final class Source implements CacheLoader<Integer, Integer> {
        final AtomicIntegerArray versions = new AtomicIntegerArray(KEYS);

        @Override
        public Integer load(Integer key) {
            int version = versions.get(key);
            // so that others overtake
            Thread.yield();
            return version;
        }

        @Override
        public Map<Integer, Integer> loadAll(Set<? extends Integer> keys) {
            Map<Integer, Integer> values = new HashMap<>();
            // one more than asked for
            int extra = (keys.iterator().next() + 1) % KEYS;
            values.put(extra, versions.get(extra));
            keys.forEach(key -> values.put(key, load(key)));
            return values;
        }

        @Override
        public @Nullable Integer reload(Integer key, Integer old) {
            return versions.get(key);
        }
    }

    @Test
    void everything_byLotAtOnce_neverGivesWhatWasInvalidated() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Source source = new Source();
        try (LoadingCache<Integer, Integer> cache =
                        Cache.<Integer, Integer>builder().maxEntries(12).build(source);
                ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
            List<Future<?>> all = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                Random random = new Random(seed + t);
                int own = t;
                all.add(threads.submit(() -> work(cache, source, random, own)));
            }
            for (Future<?> each : all) {
                each.get(120, TimeUnit.SECONDS);
            }
            assertThat(cache.size()).isLessThanOrEqualTo(12);
            cache.invalidateAll();
            assertThat(cache.size()).isZero();
        }
    }

    /// Changes the keys of one thread, and reads those of all.
    private static void work(
            LoadingCache<Integer, Integer> cache, Source source, Random random, int own) {
        int[] least = new int[KEYS];
        for (int i = 0; i < 5_000; i++) {
            int key = random.nextInt(KEYS);
            switch (random.nextInt(6)) {
                case 0 -> {
                    int mine = key / 4 * 4 + own;
                    least[mine] = source.versions.incrementAndGet(mine);
                    cache.invalidate(mine);
                }
                case 1 -> {
                    Map<Integer, Integer> values = cache.getAll(List.of(key, (key + 5) % KEYS));
                    values.forEach((k, v) -> assertThat(v).isGreaterThanOrEqualTo(least[k]));
                }
                case 2 -> {
                    CompletableFuture<?> refreshed = cache.refresh(key);
                    if (random.nextInt(4) == 0) {
                        refreshed.join();
                    }
                }
                case 3 ->
                        assertThat(cache.async().get(key).join())
                                .isGreaterThanOrEqualTo(least[key]);
                default -> {
                    Integer value = cache.get(key);
                    assertThat(value).isGreaterThanOrEqualTo(least[key]);
                }
            }
        }
    }

    @Test
    void get_byManyThreadsAtOnce_loadsOnce() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch open = new CountDownLatch(1);
        try (LoadingCache<String, Integer> cache =
                        Cache.<String, Integer>builder()
                                .build(key -> {
                                    open.await();
                                    return calls.incrementAndGet();
                                });
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> values = new ArrayList<>();
            for (int t = 0; t < 200; t++) {
                values.add(threads.submit(() -> cache.get("a")));
            }
            open.countDown();
            for (Future<Integer> value : values) {
                assertThat(value.get(60, TimeUnit.SECONDS)).isEqualTo(1);
            }
        }
    }

    @Test
    void get_whileAnotherKeyLoads_isNotHeldUp() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch open = new CountDownLatch(1);
        // one shard, so that the keys share everything they can
        try (LoadingCache<Integer, Integer> cache =
                        Cache.<Integer, Integer>builder()
                                .shards(1)
                                .build(key -> {
                                    if (key == 0) {
                                        reached.countDown();
                                        open.await();
                                    }
                                    return key;
                                });
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> slow = threads.submit(() -> cache.get(0));
            assertThat(reached.await(60, TimeUnit.SECONDS)).isTrue();
            for (int key = 1; key < 5_000; key++) {
                assertThat(cache.get(key)).isEqualTo(key);
            }
            assertThat(slow.isDone()).isFalse();
            open.countDown();
            assertThat(slow.get(60, TimeUnit.SECONDS)).isZero();
        }
    }

    @Test
    void get_loadHangs_failsInTime() {
        CountDownLatch never = new CountDownLatch(1);
        try (LoadingCache<String, Integer> cache =
                Cache.<String, Integer>builder()
                        .loadTimeout(Duration.ofMillis(50))
                        .build(key -> {
                            never.await();
                            return 1;
                        })) {
            assertThat(catchThrowable(() -> cache.get("a")))
                    .isInstanceOf(CacheLoadTimeoutException.class);
        }
    }

    @Test
    void get_twoCachesAskEachOther_isRefused() {
        AtomicReference<LoadingCache<String, Integer>> other = new AtomicReference<>();
        try (LoadingCache<String, Integer> first =
                        Cache.<String, Integer>builder().build(key -> other.get().get(key));
                LoadingCache<String, Integer> second =
                        Cache.<String, Integer>builder().build(first::get)) {
            other.set(second);
            assertThat(catchThrowable(() -> first.get("a")))
                    .isInstanceOf(CacheRecursiveException.class);
        }
    }

    @Test
    void coalesce_realWindow_loadsTogether() {
        List<Set<Integer>> asked = new ArrayList<>();
        CacheLoader<Integer, Integer> loader =
                new CacheLoader<>() {
                    @Override
                    public Integer load(Integer key) {
                        throw new AssertionError("single");
                    }

                    @Override
                    public Map<Integer, Integer> loadAll(Set<? extends Integer> keys) {
                        asked.add(Set.copyOf(keys));
                        Map<Integer, Integer> values = new HashMap<>();
                        keys.forEach(key -> values.put(key, key));
                        return values;
                    }
                };
        try (AsyncCache<Integer, Integer> cache =
                Cache.<Integer, Integer>builder()
                        .coalesce(Duration.ofHours(1), 3)
                        .buildAsync(loader)) {
            List<CompletableFuture<Integer>> values =
                    List.of(cache.get(1), cache.get(2), cache.get(3));
            values.forEach(CompletableFuture::join);
            assertThat(asked).containsExactly(Set.of(1, 2, 3));
        }
    }

    @Test
    void async_orTimeoutOfOne_leavesTheLoadToTheOthers() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        try (AsyncCache<String, Integer> cache =
                Cache.<String, Integer>builder()
                        .buildAsync(key -> {
                            open.await();
                            return 1;
                        })) {
            CompletableFuture<Integer> patient = cache.get("a");
            CompletableFuture<Integer> hasty = cache.get("a").orTimeout(1, TimeUnit.MILLISECONDS);
            assertThat(catchThrowable(() -> hasty.get(60, TimeUnit.SECONDS)))
                    .isInstanceOf(ExecutionException.class);
            open.countDown();
            assertThat(patient.get(60, TimeUnit.SECONDS)).isEqualTo(1);
        }
    }
}
