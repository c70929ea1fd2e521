package io.patinox.memory.cache.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.cache.EvictionPolicy;
import io.patinox.memory.cache.RemovalCause;
import io.patinox.memory.error.CacheInterruptedException;
import io.patinox.memory.error.CacheRecursiveException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Functions at work on keys.
class FlightsTest {

    private final KnowingPolicy policy = new KnowingPolicy(EvictionPolicy.lru());
    private final List<String> left = new CopyOnWriteArrayList<>();
    private final BoundedCache<String, Integer> cache =
            Caches.build(
                    Caches.<String, Integer>builder()
                            .policy(policy)
                            .maxEntries(3)
                            .removalListener((k, v, cause) -> left.add(k + v + cause)));
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void check() {
        release.countDown();
        await().untilAsserted(() -> Checkup.of(cache, policy));
        cache.close();
    }

    private Integer hold(Integer result) {
        running.countDown();
        try {
            release.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return result;
    }

    private CompletableFuture<@Nullable Integer> computing(String key, Integer result) {
        CompletableFuture<@Nullable Integer> done =
                CompletableFuture.supplyAsync(
                        () -> cache.asMap().compute(key, (k, old) -> hold(result)),
                        Thread::startVirtualThread);
        awaitRunning();
        return done;
    }

    private void awaitRunning() {
        try {
            running.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private CompletableFuture<@Nullable Integer> loading(String key, Integer result) {
        CompletableFuture<@Nullable Integer> done =
                CompletableFuture.supplyAsync(
                        () -> cache.get(key, k -> hold(result)), Thread::startVirtualThread);
        awaitRunning();
        return done;
    }

    @Test
    void compute_underWay_showsTheOldValueToReaders() {
        cache.put("a", 1);
        var done = computing("a", 2);

        assertThat(cache.getIfPresent("a")).isEqualTo(1);
        assertThat(cache.peek("a")).isEqualTo(1);
        assertThat(cache.asMap()).containsEntry("a", 1);
        assertThat(cache.get("a", k -> 9)).isEqualTo(1);
        release.countDown();
        assertThat(done.join()).isEqualTo(2);
        assertThat(cache.getIfPresent("a")).isEqualTo(2);
    }

    @Test
    void put_whileAFunctionComputes_comesAfterIt() {
        cache.put("a", 1);
        var done = computing("a", 2);
        CompletableFuture<Void> put =
                CompletableFuture.runAsync(() -> cache.put("a", 3), Thread::startVirtualThread);

        assertThat(put).isNotDone();
        release.countDown();
        assertThat(done.join()).isEqualTo(2);
        put.join();
        assertThat(cache.getIfPresent("a")).isEqualTo(3);
        await().untilAsserted(() -> assertThat(left).containsExactly("a1REPLACED", "a2REPLACED"));
    }

    @Test
    void otherKeys_whileAFunctionComputes_areNotHeldUp() {
        var done = computing("a", 1);
        cache.put("b", 2);
        cache.asMap().merge("b", 1, Integer::sum);
        assertThat(cache.asMap().remove("b")).isEqualTo(3);
        release.countDown();
        assertThat(done.join()).isEqualTo(1);
    }

    @Test
    void entry_evictedWhileAFunctionComputes_comesBackWithTheResult() {
        cache.put("a", 1);
        var done = computing("a", 2);
        for (String key : List.of("b", "c", "d")) {
            cache.put(key, 0);
        }
        await().untilAsserted(() -> assertThat(left).containsExactly("a1SIZE"));
        assertThat(cache.getIfPresent("a")).isNull();
        release.countDown();
        assertThat(done.join()).isEqualTo(2);
        assertThat(cache.getIfPresent("a")).isEqualTo(2);
    }

    @Test
    void function_failing_leavesEverythingAsItWas() {
        cache.put("a", 1);
        IllegalStateException failure = new IllegalStateException("no");
        assertThatThrownBy(() ->
                        cache.asMap()
                                .compute(
                                        "a",
                                        (k, v) -> {
                                            throw failure;
                                        }))
                .isSameAs(failure);
        assertThat(cache.getIfPresent("a")).isEqualTo(1);
        assertThatThrownBy(() ->
                        cache.get(
                                "b",
                                k -> {
                                    throw failure;
                                }))
                .isSameAs(failure);
        assertThat(cache.get("b", k -> null)).isNull();
        assertThat(cache.get("b", k -> 2)).isEqualTo(2);
    }

    @Test
    void get_bySeveral_loadsOnce() {
        AtomicInteger loads = new AtomicInteger();
        List<CompletableFuture<@Nullable Integer>> all = new ArrayList<>();
        all.add(loading("a", 1));
        for (int n = 0; n < 5; n++) {
            all.add(
                    CompletableFuture.supplyAsync(
                            () -> cache.get("a", k -> loads.incrementAndGet()),
                            Thread::startVirtualThread));
        }
        release.countDown();
        all.forEach(each -> assertThat(each.join()).isEqualTo(1));
        assertThat(loads).hasValue(0);
    }

    @Test
    void get_joiningALoadThatFails_failsToo() {
        IllegalStateException failure = new IllegalStateException("no");
        var first =
                CompletableFuture.supplyAsync(
                        () ->
                                cache.get(
                                        "a",
                                        k -> {
                                            hold(1);
                                            throw failure;
                                        }),
                        Thread::startVirtualThread);
        awaitRunning();
        AtomicReference<@Nullable Thread> waiter = new AtomicReference<>();
        var second =
                CompletableFuture.supplyAsync(
                        () -> {
                            waiter.set(Thread.currentThread());
                            return cache.get("a", k -> 2);
                        },
                        Thread::startVirtualThread);
        await().until(() ->
                waiter.get() != null && waiter.get().getState() == Thread.State.WAITING);
        release.countDown();
        assertThat(first).failsWithin(Duration.ofSeconds(10));
        assertThat(second)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .havingCause()
                .isSameAs(failure);
    }

    @Test
    void put_whileAKeyIsLoaded_winsOverTheLoad() {
        var done = loading("a", 1);
        cache.put("a", 2);
        assertThat(cache.getIfPresent("a")).isEqualTo(2);
        release.countDown();
        assertThat(done.join()).isEqualTo(1);
        assertThat(cache.getIfPresent("a")).isEqualTo(2);
        assertThat(left).isEmpty();
    }

    @Test
    void invalidate_whileAKeyIsLoaded_keepsTheValueOut() {
        var done = loading("a", 1);
        cache.invalidate("a");
        release.countDown();
        assertThat(done.join()).isEqualTo(1);
        assertThat(cache.getIfPresent("a")).isNull();
    }

    @Test
    void invalidateAll_whileKeysAreLoadedAndComputed_emptiesTheCache() {
        cache.put("c", 7);
        var load = loading("a", 1);
        CountDownLatch computing = new CountDownLatch(1);
        var compute =
                CompletableFuture.supplyAsync(
                        () ->
                                cache.asMap()
                                        .compute(
                                                "c",
                                                (k, v) -> {
                                                    computing.countDown();
                                                    return hold(8);
                                                }),
                        Thread::startVirtualThread);
        await().until(() -> computing.getCount() == 0);
        var clear = CompletableFuture.runAsync(cache::invalidateAll, Thread::startVirtualThread);
        assertThat(clear).isNotDone();
        release.countDown();
        assertThat(load.join()).isEqualTo(1);
        assertThat(compute.join()).isEqualTo(8);
        clear.join();
        assertThat(cache.getIfPresent("c")).isNull();
        assertThat(cache.size()).isZero();
    }

    @Test
    void function_changingItsOwnKey_isRefused() {
        assertThatThrownBy(() ->
                        cache.asMap()
                                .compute("a", (k, v) -> cache.asMap().compute("a", (l, w) -> 1)))
                .isInstanceOf(CacheRecursiveException.class);
        assertThatThrownBy(() -> cache.get("a", k -> cache.get("a", l -> 1)))
                .isInstanceOf(CacheRecursiveException.class);
        assertThatThrownBy(() ->
                        cache.asMap()
                                .compute(
                                        "a",
                                        (k, v) -> {
                                            cache.put("a", 2);
                                            return 1;
                                        }))
                .isInstanceOf(CacheRecursiveException.class);
        assertThat(cache.size()).isZero();
    }

    @Test
    void functions_waitingForEachOther_areRefused() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        AtomicInteger refused = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (String[] keys : new String[][] {{"a", "b"}, {"b", "a"}}) {
            threads.add(
                    Thread.startVirtualThread(() -> {
                        try {
                            cache.asMap()
                                    .compute(
                                            keys[0],
                                            (k, v) -> {
                                                try {
                                                    both.await();
                                                } catch (Exception e) {
                                                    throw new IllegalStateException(e);
                                                }
                                                return cache.asMap()
                                                        .merge(keys[1], 1, Integer::sum);
                                            });
                        } catch (CacheRecursiveException e) {
                            refused.incrementAndGet();
                        }
                    }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(refused.get()).isBetween(1, 2);
    }

    @Test
    void wait_interrupted_isATypedErrorWithTheFlagSet() throws Exception {
        var done = loading("a", 1);
        AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        AtomicReference<Boolean> flag = new AtomicReference<>(false);
        Thread waiter =
                Thread.startVirtualThread(() -> {
                    try {
                        cache.get("a", k -> 2);
                    } catch (Throwable e) {
                        thrown.set(e);
                        flag.set(Thread.currentThread().isInterrupted());
                    }
                });
        await().until(() -> waiter.getState() == Thread.State.WAITING);
        waiter.interrupt();
        waiter.join();
        assertThat(thrown.get()).isInstanceOf(CacheInterruptedException.class);
        assertThat(flag.get()).isTrue();
        release.countDown();
        assertThat(done.join()).isEqualTo(1);
    }

    @Test
    void compute_returningNull_removesTheKey() {
        cache.put("a", 1);
        assertThat(cache.asMap().compute("a", (k, v) -> null)).isNull();
        assertThat(cache.asMap().computeIfPresent("a", (k, v) -> 3)).isNull();
        assertThat(cache.asMap().computeIfAbsent("a", k -> null)).isNull();
        assertThat(cache.statistics().removals().get(RemovalCause.EXPLICIT)).isEqualTo(1);
        await().untilAsserted(() -> assertThat(left).containsExactly("a1EXPLICIT"));
    }
}
