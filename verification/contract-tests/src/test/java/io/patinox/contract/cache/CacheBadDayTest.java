package io.patinox.contract.cache;

import static io.patinox.contract.cache.Audit.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.cache.Cache;
import io.patinox.memory.cache.RemovalCause;
import io.patinox.memory.error.CacheRecursiveException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Claim: functions that throw, block, recurse or answer null, clocks that jump and errors of the
/// JVM hurt nobody but the call they came with.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class CacheBadDayTest {

    private final ManualTicker ticker = new ManualTicker();

    private static Cache<String, String> cache() {
        return Cache.<String, String>builder().maxEntries(1_000).build();
    }

    @Test
    void loader_throws_theCallThrowsTheSameAndNothingIsCached() {
        try (Cache<String, String> cache = cache()) {
            IllegalStateException failure = new IllegalStateException("no");
            assertThatThrownBy(() ->
                            cache.get(
                                    "key",
                                    _ -> {
                                        throw failure;
                                    }))
                    .isSameAs(failure);
            assertThat(cache.peek("key")).isNull();
            assertThat(cache.size()).isZero();
            assertThat(cache.get("key", _ -> "value")).isEqualTo("value");
            assertThat(cache.statistics().loadFailures()).isEqualTo(1);
        }
    }

    @Test
    void loader_outOfMemory_theErrorArrivesAndTheKeyIsFree() {
        try (Cache<String, String> cache = cache()) {
            OutOfMemoryError error = new OutOfMemoryError("made up");
            assertThatThrownBy(() ->
                            cache.get(
                                    "key",
                                    _ -> {
                                        throw error;
                                    }))
                    .isSameAs(error);
            assertThatThrownBy(() ->
                            cache.asMap()
                                    .compute(
                                            "key",
                                            (_, _) -> {
                                                throw error;
                                            }))
                    .isSameAs(error);
            assertThat(cache.get("key", _ -> "value")).isEqualTo("value");
        }
    }

    @Test
    void loader_outOfMemory_reachesThoseWhoWaitForItToo() throws Exception {
        try (Cache<String, String> cache = cache()) {
            OutOfMemoryError error = new OutOfMemoryError("made up");
            CountDownLatch loading = new CountDownLatch(1);
            CountDownLatch go = new CountDownLatch(1);
            List<Throwable> thrown = new CopyOnWriteArrayList<>();
            Threads threads = new Threads(Threads.Kind.PLATFORM);
            threads.start(() ->
                    note(
                            thrown,
                            () ->
                                    cache.get(
                                            "key",
                                            _ -> {
                                                loading.countDown();
                                                pass(go);
                                                throw error;
                                            })));
            loading.await();
            Thread waiter = threads.start(() -> note(thrown, () -> cache.get("key", _ -> "never")));
            await().atMost(SOON).until(() -> waits(waiter));
            go.countDown();
            threads.join();
            assertThat(thrown).hasSize(2).allSatisfy(t -> assertThat(t).isSameAs(error));
            assertThat(cache.size()).isZero();
        }
    }

    @Test
    void loader_returnsNull_nothingIsCached() {
        try (Cache<String, String> cache = cache()) {
            assertThat(cache.get("key", _ -> null)).isNull();
            assertThat(cache.size()).isZero();
            assertThat(cache.asMap().computeIfAbsent("key", _ -> null)).isNull();
            assertThat(cache.asMap()).isEmpty();
        }
    }

    @Test
    void loader_asksForItsOwnKey_isRefused() {
        try (Cache<String, String> cache = cache()) {
            assertThatThrownBy(() -> cache.get("key", k -> cache.get(k, _ -> "inner")))
                    .isInstanceOf(CacheRecursiveException.class);
            assertThatThrownBy(() ->
                            cache.get(
                                    "key",
                                    k -> {
                                        cache.put(k, "inner");
                                        return "outer";
                                    }))
                    .isInstanceOf(CacheRecursiveException.class);
            assertThatThrownBy(
                            () -> cache.asMap().compute("key", (k, _) -> cache.asMap().remove(k)))
                    .isInstanceOf(CacheRecursiveException.class);
            assertThat(cache.size()).isZero();
            assertThat(cache.get("key", _ -> "value")).isEqualTo("value");
        }
    }

    @Test
    void loader_asksForOtherKeys_isServed() {
        try (Cache<Integer, Integer> cache =
                Cache.<Integer, Integer>builder().maxEntries(1_000).build()) {
            assertThat(fibonacci(cache, 40)).isPositive();
            assertThat(cache.size()).isEqualTo(41);
        }
    }

    private static Integer fibonacci(Cache<Integer, Integer> cache, int n) {
        return cache.get(n, k -> k < 2 ? k : fibonacci(cache, k - 1) + fibonacci(cache, k - 2));
    }

    @Test
    void loaders_waitForEachOther_oneIsRefusedAndNobodyHangs() throws Exception {
        try (Cache<String, String> cache = cache()) {
            CountDownLatch both = new CountDownLatch(2);
            AtomicInteger refused = new AtomicInteger();
            Threads threads = new Threads(Threads.Kind.PLATFORM);
            for (List<String> pair : List.of(List.of("a", "b"), List.of("b", "a"))) {
                threads.start(() -> {
                    try {
                        cache.get(
                                pair.getFirst(),
                                _ -> {
                                    both.countDown();
                                    pass(both);
                                    return cache.get(pair.getLast(), _ -> "inner");
                                });
                    } catch (CacheRecursiveException e) {
                        refused.incrementAndGet();
                    }
                });
            }
            threads.join();
            assertThat(refused.get()).isPositive();
            assertThat(cache.get("c", _ -> "value")).isEqualTo("value");
        }
    }

    @Test
    void loader_blocks_otherKeysGoOn() throws Exception {
        try (Cache<Integer, String> cache =
                Cache.<Integer, String>builder().maxEntries(100_000).build()) {
            CountDownLatch loading = new CountDownLatch(1);
            CountDownLatch go = new CountDownLatch(1);
            Threads threads = new Threads(Threads.Kind.PLATFORM);
            threads.start(() ->
                    cache.get(
                            -1,
                            _ -> {
                                loading.countDown();
                                pass(go);
                                return "slow";
                            }));
            loading.await();
            for (int i = 0; i < 50_000; i++) {
                cache.put(i, "value");
                assertThat(cache.get(i, _ -> "other")).isEqualTo("value");
            }
            assertThat(cache.getIfPresent(-1)).as("a read does not wait").isNull();
            assertThat(cache.asMap()).hasSize(50_000);
            go.countDown();
            threads.join();
            assertThat(cache.getIfPresent(-1)).isEqualTo("slow");
        }
    }

    @Test
    void loader_returnsAfterItsKeyWasInvalidated_theValueIsNotCached() throws Exception {
        try (Cache<String, String> cache = cache()) {
            for (Runnable invalidation :
                    List.<Runnable>of(
                            () -> cache.invalidate("key"),
                            cache::invalidateAll,
                            () -> cache.invalidateAll(List.of("key")))) {
                CountDownLatch loading = new CountDownLatch(1);
                CountDownLatch go = new CountDownLatch(1);
                CompletableFuture<String> loaded = new CompletableFuture<>();
                Threads threads = new Threads(Threads.Kind.PLATFORM);
                threads.start(() ->
                        loaded.complete(
                                cache.get(
                                        "key",
                                        _ -> {
                                            loading.countDown();
                                            pass(go);
                                            return "stale";
                                        })));
                loading.await();
                invalidation.run();
                go.countDown();
                threads.join();
                assertThat(loaded).isCompletedWithValue("stale");
                assertThat(cache.peek("key")).isNull();
            }
            assertThat(cache.size()).isZero();
        }
    }

    @Test
    void loader_interrupted_givesWhatTheLoaderGives() throws Exception {
        try (Cache<String, String> cache = cache()) {
            CountDownLatch loading = new CountDownLatch(1);
            AtomicBoolean flagged = new AtomicBoolean();
            Threads threads = new Threads(Threads.Kind.PLATFORM);
            Thread thread =
                    threads.start(() -> {
                        try {
                            cache.get(
                                    "key",
                                    _ -> {
                                        loading.countDown();
                                        try {
                                            new CountDownLatch(1).await();
                                        } catch (InterruptedException e) {
                                            Thread.currentThread().interrupt();
                                            throw new IllegalStateException(e);
                                        }
                                        return "never";
                                    });
                        } catch (IllegalStateException e) {
                            flagged.set(Thread.currentThread().isInterrupted());
                        }
                    });
            loading.await();
            thread.interrupt();
            threads.join();
            assertThat(flagged).isTrue();
            assertThat(cache.get("key", _ -> "value")).isEqualTo("value");
        }
    }

    @Test
    void condition_throws_theRestIsNotTriedAndTheBooksAreRight() {
        try (Cache<String, String> cache = cache()) {
            for (int i = 0; i < 100; i++) {
                cache.put("key " + i, "value");
            }
            AtomicInteger tried = new AtomicInteger();
            assertThatThrownBy(() ->
                            cache.invalidateIf((_, _) -> {
                                if (tried.incrementAndGet() == 10) {
                                    throw new IllegalStateException("enough");
                                }
                                return true;
                            }))
                    .hasMessage("enough");
            assertThat(tried).hasValue(10);
            assertThat(cache.size()).isEqualTo(91);
            assertThat(cache.statistics().removals().get(RemovalCause.INVALIDATED)).isEqualTo(9);
        }
    }

    @Test
    void computeFunction_throws_theOldValueStays() {
        try (Cache<String, String> cache = cache()) {
            cache.put("key", "old");
            assertThatThrownBy(() ->
                            cache.asMap()
                                    .compute(
                                            "key",
                                            (_, _) -> {
                                                throw new IllegalStateException("no");
                                            }))
                    .hasMessage("no");
            assertThatThrownBy(() ->
                            cache.asMap()
                                    .merge(
                                            "key",
                                            "x",
                                            (_, _) -> {
                                                throw new IllegalStateException("no");
                                            }))
                    .hasMessage("no");
            assertThat(cache.asMap()).isEqualTo(Map.of("key", "old"));
        }
    }

    @Test
    void weigherAndExpiry_throw_theCallThrowsAndNothingChanges() {
        AtomicBoolean broken = new AtomicBoolean();
        try (Cache<String, String> cache =
                Cache.<String, String>builder()
                        .maxWeight(100)
                        .weigher((_, _) -> {
                            if (broken.get()) {
                                throw new IllegalStateException("weigher");
                            }
                            return 1;
                        })
                        .build()) {
            cache.put("key", "old");
            broken.set(true);
            assertThatThrownBy(() -> cache.put("key", "new")).hasMessage("weigher");
            assertThatThrownBy(() -> cache.put("other", "new")).hasMessage("weigher");
            assertThatThrownBy(() -> cache.get("other", _ -> "new")).hasMessage("weigher");
            assertThat(cache.asMap()).isEqualTo(Map.of("key", "old"));
            broken.set(false);
            assertThat(cache.get("other", _ -> "new")).isEqualTo("new");
        }
        broken.set(false);
        try (Cache<String, String> cache =
                Cache.<String, String>builder()
                        .maxEntries(100)
                        .expiry((_, _) -> {
                            if (broken.get()) {
                                throw new IllegalStateException("expiry");
                            }
                            return null;
                        })
                        .build()) {
            cache.put("key", "old");
            broken.set(true);
            assertThatThrownBy(() -> cache.put("key", "new")).hasMessage("expiry");
            assertThatThrownBy(() -> cache.put("other", "new")).hasMessage("expiry");
            assertThat(cache.asMap()).isEqualTo(Map.of("key", "old"));
        }
    }

    @Test
    void listener_throwsOrBlocks_theCacheGoesOn() {
        CountDownLatch never = new CountDownLatch(1);
        try (Cache<Integer, String> cache =
                Cache.<Integer, String>builder()
                        .maxEntries(10)
                        .removalListener((key, _, _) -> {
                            if (key % 2 == 0) {
                                throw new IllegalStateException("listener");
                            }
                            pass(never);
                        })
                        .build()) {
            for (int i = 0; i < 1_000; i++) {
                cache.put(i, "value");
            }
            assertThat(cache.size()).isLessThanOrEqualTo(10);
            assertThat(cache.get(5_000, _ -> "value")).isEqualTo("value");
            never.countDown();
        }
    }

    @Test
    void evictionHook_throws_theEntryIsGoneAndTheWriteSucceeds() {
        try (Cache<Integer, String> cache =
                Cache.<Integer, String>builder()
                        .maxEntries(10)
                        .evictionListener((_, _, _) -> {
                            throw new IllegalStateException("hook");
                        })
                        .build()) {
            for (int i = 0; i < 100; i++) {
                cache.put(i, "value");
            }
            assertThat(cache.size()).isLessThanOrEqualTo(10);
            assertThat(cache.asMap().entrySet()).hasSize((int) cache.size());
        }
    }

    @Test
    void clock_jumps_expireWhatIsDueAndNothingElse() {
        try (Cache<String, String> cache =
                Cache.<String, String>builder()
                        .maxEntries(100)
                        .ticker(ticker)
                        .expireAfterWrite(Duration.ofMinutes(1))
                        .build()) {
            cache.put("first", "value");
            ticker.advance(Duration.ofDays(-1));
            assertThat(cache.getIfPresent("first")).as("the clock went back").isNotNull();
            cache.put("second", "value");
            ticker.advance(Duration.ofSeconds(30));
            assertThat(cache.getIfPresent("second")).isNotNull();
            ticker.advance(Duration.ofDays(36_500));
            assertThat(cache.getIfPresent("first")).isNull();
            assertThat(cache.getIfPresent("second")).isNull();
            cache.cleanUp();
            assertThat(cache.size()).isZero();
            cache.put("third", "value");
            assertThat(cache.getIfPresent("third")).isNotNull();
            ticker.advance(Duration.ofSeconds(61));
            assertThat(cache.getIfPresent("third")).isNull();
        }
    }

    private static boolean waits(Thread thread) {
        Thread.State state = thread.getState();
        return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
    }

    private static void note(List<Throwable> thrown, Runnable call) {
        try {
            call.run();
        } catch (Throwable t) {
            thrown.add(t);
        }
    }

    private static void pass(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
