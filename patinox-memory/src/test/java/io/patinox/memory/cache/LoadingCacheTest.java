package io.patinox.memory.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.error.CacheClosedException;
import io.patinox.memory.error.CacheInterruptedException;
import io.patinox.memory.error.CacheLoadException;
import io.patinox.memory.error.CacheRecursiveException;
import io.patinox.memory.monitor.CacheLoadFailed;
import io.patinox.memory.monitor.Health;
import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.monitor.MonitorEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LoadingCacheTest {

    private static final Executor THREADS = task -> Thread.ofVirtual().start(task);

    private final AtomicInteger calls = new AtomicInteger();

    private static long counter(Cache<?, ?> cache, String name) {
        return cache.metrics().counters().getOrDefault(name, -1L);
    }

    @Test
    void get_missingKey_loadsOnceOnTheCaller() {
        AtomicReference<Thread> runner = new AtomicReference<>();
        try (LoadingCache<String, Integer> cache =
                Cache.<String, Integer>builder()
                        .build(key -> {
                            runner.set(Thread.currentThread());
                            calls.incrementAndGet();
                            return key.length();
                        })) {
            assertThat(cache.get("abc")).isEqualTo(3);
            assertThat(cache.get("abc")).isEqualTo(3);
            assertThat(calls).hasValue(1);
            assertThat(runner).hasValue(Thread.currentThread());
            assertThat(cache.statistics().loads()).isEqualTo(1);
            assertThat(cache.statistics().loadFailures()).isZero();
            assertThat(cache.metrics().histograms().get("cache.load.time").count()).isEqualTo(1);
        }
    }

    @Test
    void get_loaderReturnsNull_cachesNothing() {
        try (LoadingCache<String, Integer> cache =
                Cache.<String, Integer>builder()
                        .build(key -> {
                            calls.incrementAndGet();
                            return null;
                        })) {
            assertThat(cache.get("a")).isNull();
            assertThat(cache.get("a")).isNull();
            assertThat(calls).hasValue(2);
            assertThat(cache.size()).isZero();
        }
    }

    @Test
    void get_checkedException_throwsLoadExceptionWithTheCause() {
        IOException failure = new IOException("gone");
        try (LoadingCache<String, Integer> cache =
                Cache.<String, Integer>builder()
                        .name("users")
                        .build(key -> {
                            throw failure;
                        })) {
            assertThatThrownBy(() -> cache.get("ann"))
                    .isInstanceOf(CacheLoadException.class)
                    .hasCause(failure)
                    .hasMessageContaining("users")
                    .hasMessageContaining("ann");
            assertThat(cache.statistics().loadFailures()).isEqualTo(1);
        }
    }

    @Test
    void get_uncheckedExceptionOrError_throwsItAsItIsAndCanLoadAgain() {
        List<Throwable> failures =
                new ArrayList<>(List.of(new OutOfMemoryError("test"), new IllegalStateException()));
        try (LoadingCache<String, Integer> cache =
                Cache.<String, Integer>builder()
                        .build(key -> {
                            if (failures.isEmpty()) {
                                return 1;
                            }
                            Throwable next = failures.removeFirst();
                            if (next instanceof Error error) {
                                throw error;
                            }
                            throw (RuntimeException) next;
                        })) {
            assertThat(catchThrowable(() -> cache.get("a"))).isInstanceOf(OutOfMemoryError.class);
            assertThat(catchThrowable(() -> cache.get("a")))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(cache.get("a")).isEqualTo(1);
        }
    }

    @Test
    void get_whileLoading_joinsAndGetsTheSameFailure() {
        Gate gate = new Gate();
        IOException failure = new IOException("gone");
        try (LoadingCache<String, Integer> cache =
                Cache.<String, Integer>builder()
                        .build(key -> {
                            calls.incrementAndGet();
                            gate.pass();
                            throw failure;
                        })) {
            CompletableFuture<Throwable> first =
                    CompletableFuture.supplyAsync(
                            () -> catchThrowable(() -> cache.get("a")), THREADS);
            gate.awaitReached();
            CompletableFuture<Throwable> second =
                    CompletableFuture.supplyAsync(
                            () -> catchThrowable(() -> cache.get("a")), THREADS);
            await().until(() -> counter(cache, "cache.loads.joined") == 1);
            gate.open();
            assertThat(first.join()).isInstanceOf(CacheLoadException.class);
            assertThat(second.join()).isSameAs(first.join());
            assertThat(calls).hasValue(1);
        }
    }

    @Test
    void get_joinerInterrupted_leavesAndTheLoadGoesOn() throws Exception {
        Gate gate = new Gate();
        try (LoadingCache<String, Integer> cache =
                Cache.<String, Integer>builder()
                        .build(key -> {
                            gate.pass();
                            return 1;
                        })) {
            CompletableFuture<Integer> first =
                    CompletableFuture.supplyAsync(() -> cache.get("a"), THREADS);
            gate.awaitReached();
            CompletableFuture<Throwable> thrown = new CompletableFuture<>();
            CompletableFuture<Boolean> flag = new CompletableFuture<>();
            Thread joiner =
                    Thread.ofVirtual()
                            .start(() -> {
                                thrown.complete(catchThrowable(() -> cache.get("a")));
                                flag.complete(Thread.currentThread().isInterrupted());
                            });
            await().until(() -> counter(cache, "cache.loads.joined") == 1);
            joiner.interrupt();
            assertThat(thrown.join()).isInstanceOf(CacheInterruptedException.class);
            assertThat(flag.join()).isTrue();
            gate.open();
            assertThat(first.join()).isEqualTo(1);
            assertThat(cache.getIfPresent("a")).isEqualTo(1);
        }
    }

    @Test
    void get_loaderInterrupted_keepsTheFlag() {
        try (LoadingCache<String, Integer> cache =
                Cache.<String, Integer>builder()
                        .build(key -> {
                            throw new InterruptedException("test");
                        })) {
            Throwable thrown = catchThrowable(() -> cache.get("a"));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(thrown)
                    .isInstanceOf(CacheLoadException.class)
                    .hasCauseInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void get_invalidatedWhileLoading_isHandedOnButNotStored() {
        Gate gate = new Gate();
        try (LoadingCache<String, Integer> cache =
                Cache.<String, Integer>builder()
                        .build(key -> {
                            gate.pass();
                            return 1;
                        })) {
            CompletableFuture<Integer> value =
                    CompletableFuture.supplyAsync(() -> cache.get("a"), THREADS);
            gate.awaitReached();
            cache.invalidate("a");
            gate.open();
            assertThat(value.join()).isEqualTo(1);
            assertThat(cache.getIfPresent("a")).isNull();
        }
    }

    @Test
    void get_writtenWhileLoading_keepsWhatWasWritten() {
        Gate gate = new Gate();
        try (LoadingCache<String, Integer> cache =
                Cache.<String, Integer>builder()
                        .build(key -> {
                            gate.pass();
                            return 1;
                        })) {
            CompletableFuture<Integer> value =
                    CompletableFuture.supplyAsync(() -> cache.get("a"), THREADS);
            gate.awaitReached();
            cache.put("a", 2);
            gate.open();
            assertThat(value.join()).isEqualTo(1);
            assertThat(cache.get("a")).isEqualTo(2);
        }
    }

    @Test
    void get_ofItsOwnKey_isRefusedWithTheChain() {
        AtomicReference<LoadingCache<String, Integer>> self = new AtomicReference<>();
        try (LoadingCache<String, Integer> cache =
                Cache.<String, Integer>builder().build(key -> self.get().get(key))) {
            self.set(cache);
            assertThatThrownBy(() -> cache.get("a"))
                    .isInstanceOfSatisfying(
                            CacheRecursiveException.class,
                            e -> assertThat(e.chain()).containsExactly("a", "a"));
        }
    }

    @Test
    void get_twoLoadersWaitForEachOther_oneIsRefusedWithTheChain() {
        AtomicReference<LoadingCache<String, Integer>> self = new AtomicReference<>();
        Gate first = new Gate();
        Gate second = new Gate();
        try (LoadingCache<String, Integer> cache =
                Cache.<String, Integer>builder()
                        .build(key -> {
                            boolean a = key.equals("a");
                            (a ? first : second).pass();
                            return self.get().get(a ? "b" : "a");
                        })) {
            self.set(cache);
            CompletableFuture<Throwable> one =
                    CompletableFuture.supplyAsync(
                            () -> catchThrowable(() -> cache.get("a")), THREADS);
            CompletableFuture<Throwable> other =
                    CompletableFuture.supplyAsync(
                            () -> catchThrowable(() -> cache.get("b")), THREADS);
            first.awaitReached();
            second.awaitReached();
            first.open();
            second.open();
            CacheRecursiveException refused = (CacheRecursiveException) one.join();
            assertThat(refused).isSameAs(other.join());
            assertThat(refused.chain()).hasSize(3);
            assertThat(refused.chain().getFirst()).isEqualTo(refused.chain().getLast());
        }
    }

    @Test
    void get_ofAnotherKeyWithinALoad_needsNoSecondPermit() {
        AtomicReference<LoadingCache<Integer, Integer>> self = new AtomicReference<>();
        try (LoadingCache<Integer, Integer> cache =
                Cache.<Integer, Integer>builder()
                        .maxConcurrentLoads(1)
                        .build(key -> key == 0 ? 0 : self.get().get(key - 1) + 1)) {
            self.set(cache);
            assertThat(cache.get(5)).isEqualTo(5);
            assertThat(cache.size()).isEqualTo(6);
        }
    }

    @Test
    void get_ofAKeyThatWaitsForThePermitOfTheAsker_isLoadedOutOfTurn() {
        AtomicReference<LoadingCache<String, Integer>> self = new AtomicReference<>();
        Gate gate = new Gate();
        try (LoadingCache<String, Integer> cache =
                Cache.<String, Integer>builder()
                        .maxConcurrentLoads(1)
                        .build(key -> {
                            if (key.equals("b") || key.equals("c")) {
                                return 1;
                            }
                            gate.pass();
                            return self.get().get("b") + self.get().async().get("c").join();
                        })) {
            self.set(cache);
            CompletableFuture<Integer> first =
                    CompletableFuture.supplyAsync(() -> cache.get("a"), THREADS);
            gate.awaitReached();
            CompletableFuture<Integer> here = new CompletableFuture<>();
            Thread waiter = Thread.ofPlatform().start(() -> here.complete(cache.get("b")));
            await().until(() -> waiter.getState() == Thread.State.WAITING);
            CompletableFuture<Integer> apart = cache.async().get("c");
            gate.open();
            assertThat(first.join()).isEqualTo(2);
            assertThat(here.join()).isEqualTo(1);
            assertThat(apart.join()).isEqualTo(1);
            assertThat(cache.get("b", key -> 0)).isEqualTo(1);
        }
    }

    @Test
    void get_fails_isReportedAndTheCacheIsDegradedAfterThree() {
        List<MonitorEvent> events = Collections.synchronizedList(new ArrayList<>());
        Monitor monitor = events::add;
        AtomicInteger left = new AtomicInteger(3);
        try (LoadingCache<String, Integer> cache =
                Cache.<String, Integer>builder()
                        .monitor(monitor)
                        .recordStatistics(false)
                        .build(key -> {
                            if (left.getAndDecrement() > 0) {
                                throw new IOException("gone");
                            }
                            return 1;
                        })) {
            for (int i = 0; i < 3; i++) {
                catchThrowable(() -> cache.get("a"));
            }
            assertThat(cache.health().status()).isEqualTo(Health.Status.DEGRADED);
            await().until(() -> events.stream().anyMatch(CacheLoadFailed.class::isInstance));
            assertThat(cache.get("a")).isEqualTo(1);
            assertThat(cache.health()).isEqualTo(Health.up());
            assertThat(cache.statistics().loads()).isZero();
        }
    }

    @Test
    void get_noPermitFree_waitsForItAndCanBeInterrupted() {
        Gate gate = new Gate();
        try (LoadingCache<String, Integer> cache =
                Cache.<String, Integer>builder()
                        .maxConcurrentLoads(1)
                        .build(key -> {
                            calls.incrementAndGet();
                            if (key.equals("slow")) {
                                gate.pass();
                            }
                            return key.length();
                        })) {
            CompletableFuture<Integer> slow =
                    CompletableFuture.supplyAsync(() -> cache.get("slow"), THREADS);
            gate.awaitReached();
            CompletableFuture<Throwable> thrown = new CompletableFuture<>();
            Thread waiter =
                    Thread.ofPlatform()
                            .start(() -> thrown.complete(catchThrowable(() -> cache.get("a"))));
            await().until(() -> waiter.getState() == Thread.State.WAITING);
            CompletableFuture<Integer> joiner =
                    CompletableFuture.supplyAsync(() -> cache.get("a"), THREADS);
            await().until(() -> counter(cache, "cache.loads.joined") == 1);
            waiter.interrupt();
            assertThat(thrown.join()).isInstanceOf(CacheInterruptedException.class);
            assertThat(calls).hasValue(1);
            gate.open();
            assertThat(slow.join()).isEqualTo(4);
            assertThat(joiner.join()).isEqualTo(1);
        }
    }

    @Test
    void get_withAFunction_runsThatAndCountsIt() {
        try (LoadingCache<String, Integer> cache =
                Cache.<String, Integer>builder().build(String::length)) {
            assertThat(cache.get("abc", key -> 7)).isEqualTo(7);
            assertThat(cache.get("abc")).isEqualTo(7);
            assertThat(cache.statistics().loads()).isEqualTo(1);
        }
    }

    @Test
    void get_weigherThrows_failsTheLoad() {
        try (LoadingCache<String, Integer> cache =
                Cache.<String, Integer>builder()
                        .maxWeight(10)
                        .weigher((key, value) -> -1)
                        .build(String::length)) {
            assertThatThrownBy(() -> cache.get("abc")).hasMessageContaining("weight");
            assertThat(cache.size()).isZero();
        }
    }

    @Test
    void close_whileLoading_failsThoseWhoWait() {
        Gate gate = new Gate();
        LoadingCache<String, Integer> cache =
                Cache.<String, Integer>builder()
                        .build(key -> {
                            gate.pass();
                            return 1;
                        });
        CompletableFuture<Throwable> owner =
                CompletableFuture.supplyAsync(() -> catchThrowable(() -> cache.get("a")), THREADS);
        gate.awaitReached();
        CompletableFuture<Throwable> joiner =
                CompletableFuture.supplyAsync(() -> catchThrowable(() -> cache.get("a")), THREADS);
        await().until(() -> counter(cache, "cache.loads.joined") == 1);
        cache.close();
        assertThat(joiner.join()).isInstanceOf(CacheClosedException.class);
        gate.open();
        assertThat(owner.join()).isInstanceOf(CacheClosedException.class);
        assertThat(cache.size()).isZero();
        assertThatThrownBy(() -> cache.get("b")).isInstanceOf(CacheClosedException.class);
        cache.close();
    }

    @Test
    void getAll_mixed_loadsWhatIsMissingInOneCall() {
        List<Object> asked = new ArrayList<>();
        CacheLoader<String, Integer> loader =
                new CacheLoader<>() {
                    @Override
                    public Integer load(String key) {
                        throw new AssertionError("single");
                    }

                    @Override
                    public Map<String, Integer> loadAll(java.util.Set<? extends String> keys) {
                        asked.add(List.copyOf(keys));
                        return Map.of("b", 2, "extra", 9);
                    }
                };
        try (LoadingCache<String, Integer> cache = Cache.<String, Integer>builder().build(loader)) {
            cache.put("a", 1);
            assertThat(cache.getAll(List.of("b", "a", "c", "b")))
                    .containsExactly(Map.entry("b", 2), Map.entry("a", 1));
            assertThat(asked).containsExactly(List.of("b", "c"));
            assertThat(cache.getIfPresent("extra")).isEqualTo(9);
            assertThat(cache.statistics().loads()).isEqualTo(2);
        }
    }
}
