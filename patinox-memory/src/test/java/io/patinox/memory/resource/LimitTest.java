package io.patinox.memory.resource;

import static io.patinox.memory.resource.Waits.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.patinox.memory.error.RegistryClosedException;
import io.patinox.memory.error.ResourceAcquireException;
import io.patinox.memory.error.ResourceInterruptedException;
import io.patinox.memory.error.ResourceLimitException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Claim: a limit is never exceeded, who waits is served in order, and nobody waits in vain.
@Timeout(60)
class LimitTest {
    private final List<String> cleaned = new CopyOnWriteArrayList<>();

    private static ResourceRegistry registry(ResourceType type) {
        return ResourceRegistry.builder("limits").type(type).build();
    }

    private static ResourceType file(int count, WhenFull whenFull) {
        return ResourceType.named("file").maxOpen(count).whenFull(whenFull);
    }

    private AsyncResourceGuard<String> open(ResourceRegistry registry, String name) {
        return registry.request("file", () -> name, cleaned::add).name(name).acquire();
    }

    private AsyncResourceGuard<String> open(ResourceRegistry registry, String name, long bytes) {
        return registry.request("file", () -> name, cleaned::add).sizeBytes(bytes).acquire();
    }

    private static long waiting(ResourceRegistry registry) {
        return registry.metrics().gauges().getOrDefault("resource.limit.waiting", 0L);
    }

    private static void awaitWaiting(ResourceRegistry registry, long count) {
        long until = System.nanoTime() + SOON.toNanos();
        while (waiting(registry) != count) {
            assertThat(System.nanoTime() - until).as("waits in time").isNegative();
            Thread.onSpinWait();
        }
    }

    @Test
    void fail_limitReached_isRefusedAtOnce() {
        try (ResourceRegistry registry = registry(file(1, WhenFull.FAIL))) {
            AsyncResourceGuard<String> first = open(registry, "a");
            assertThatThrownBy(() -> open(registry, "b"))
                    .isInstanceOfSatisfying(
                            ResourceLimitException.class,
                            e -> assertThat(e.maxCount()).isEqualTo(1));
            assertThat(registry.acquire("other", () -> "x", cleaned::add).isOpen()).isTrue();
            first.close();
            open(registry, "c").detach();
            assertThat(open(registry, "d").isOpen()).isTrue();
        }
        assertThat(cleaned).contains("a", "x", "d").doesNotContain("b", "c");
    }

    @Test
    void maxBytes_reached_countsWhatRequestsSay() {
        ResourceType type = ResourceType.named("file").maxBytes(100).whenFull(WhenFull.FAIL);
        try (ResourceRegistry registry = registry(type)) {
            AsyncResourceGuard<String> big = open(registry, "big", 60);
            assertThatThrownBy(() -> open(registry, "x", 41))
                    .isInstanceOf(ResourceLimitException.class);
            assertThat(open(registry, "fits", 40).isOpen()).isTrue();
            assertThat(open(registry, "no size").isOpen()).isTrue();
            big.close();
            assertThat(open(registry, "now", 60).isOpen()).isTrue();
            assertThatThrownBy(() -> open(registry, "never", Long.MAX_VALUE))
                    .isInstanceOf(ResourceLimitException.class)
                    .hasMessageContaining("100");
        }
    }

    @Test
    void wait_severalWaiters_areServedInOrder() throws Exception {
        try (ResourceRegistry registry = registry(file(1, WhenFull.WAIT))) {
            AsyncResourceGuard<String> first = open(registry, "first");
            List<String> order = new CopyOnWriteArrayList<>();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                String name = "w" + i;
                threads.add(
                        Thread.ofVirtual()
                                .start(() -> {
                                    AsyncResourceGuard<String> guard = open(registry, name);
                                    order.add(name);
                                    guard.close();
                                }));
                awaitWaiting(registry, i + 1);
            }
            first.close();
            for (Thread thread : threads) {
                Waits.end(thread);
            }
            assertThat(order).containsExactly("w0", "w1", "w2", "w3", "w4");
            assertThat(registry.metrics().counters()).containsEntry("resource.limited", 5L);
        }
    }

    @Test
    void wait_smallBehindLarge_doesNotOvertake() throws Exception {
        ResourceType type = ResourceType.named("file").maxBytes(100);
        try (ResourceRegistry registry = registry(type)) {
            AsyncResourceGuard<String> first = open(registry, "first", 60);
            Thread large = Thread.ofVirtual().start(() -> open(registry, "large", 100).close());
            awaitWaiting(registry, 1);
            Thread small = Thread.ofVirtual().start(() -> open(registry, "small", 1).close());
            awaitWaiting(registry, 2);
            assertThat(cleaned).isEmpty();
            first.close();
            Waits.end(large);
            Waits.end(small);
            assertThat(cleaned).containsExactly("first", "large", "small");
        }
    }

    @Test
    void wait_tooLong_endsWithATypedError() {
        ResourceType type = file(1, WhenFull.WAIT).timeout(Duration.ofMillis(20));
        try (ResourceRegistry registry = registry(type)) {
            AsyncResourceGuard<String> held = open(registry, "held");
            assertThatThrownBy(() -> open(registry, "x"))
                    .isInstanceOf(ResourceLimitException.class)
                    .hasMessageContaining("20 ms")
                    .hasMessageContaining("file");
            assertThat(waiting(registry)).isZero();
            held.close();
            assertThat(open(registry, "y").isOpen()).isTrue();
        }
    }

    @Test
    void wait_interrupted_endsWithATypedErrorAndTheFlag() throws Exception {
        try (ResourceRegistry registry = registry(file(1, WhenFull.WAIT))) {
            AsyncResourceGuard<String> held = open(registry, "held");
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            AtomicReference<Boolean> flag = new AtomicReference<>();
            Thread waiter =
                    Thread.ofPlatform()
                            .start(() -> {
                                thrown.set(catchThrowable(() -> open(registry, "x")));
                                flag.set(Thread.currentThread().isInterrupted());
                            });
            awaitWaiting(registry, 1);
            waiter.interrupt();
            Waits.end(waiter);
            assertThat(thrown.get()).isInstanceOf(ResourceInterruptedException.class);
            assertThat(flag.get()).isTrue();
            assertThat(waiting(registry)).isZero();
            held.close();
            assertThat(open(registry, "y").isOpen()).isTrue();
        }
    }

    @Test
    void wait_registryCloses_isRefused() throws Exception {
        ResourceRegistry registry = registry(file(1, WhenFull.WAIT));
        assertThat(open(registry, "held").isOpen()).isTrue();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread waiter =
                Thread.ofVirtual()
                        .start(() -> thrown.set(catchThrowable(() -> open(registry, "x"))));
        CompletableFuture<AsyncResourceGuard<String>> later =
                registry.acquireAsync(
                        "file", () -> CompletableFuture.completedFuture("y"), cleaned::add);
        awaitWaiting(registry, 2);
        registry.close();
        Waits.end(waiter);
        assertThat(thrown.get()).isInstanceOf(RegistryClosedException.class);
        assertThat(catchThrowable(() -> Waits.get(later)))
                .hasCauseInstanceOf(RegistryClosedException.class);
        assertThat(cleaned).containsExactly("held");
    }

    @Test
    void supplier_throws_givesItsRoomBack() {
        try (ResourceRegistry registry = registry(file(1, WhenFull.FAIL))) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() ->
                                registry.acquire(
                                        "file",
                                        () -> {
                                            throw new IOException("no such file");
                                        },
                                        file -> {}))
                        .isInstanceOf(ResourceAcquireException.class);
                assertThat(
                                catchThrowable(() ->
                                        registry.acquire(
                                                "file",
                                                () -> {
                                                    throw new OutOfMemoryError("none left");
                                                },
                                                file -> {})))
                        .isInstanceOf(OutOfMemoryError.class);
                assertThat(
                                registry.<String>acquireAsync(
                                        "file",
                                        () -> CompletableFuture.failedFuture(new IOException("no")),
                                        file -> {}))
                        .isCompletedExceptionally();
            }
            assertThat(open(registry, "x").isOpen()).isTrue();
        }
    }

    @Test
    void evictOldest_limitReached_cleansTheOldest() {
        try (ResourceRegistry registry = registry(file(2, WhenFull.EVICT_OLDEST))) {
            AsyncResourceGuard<String> a = open(registry, "a");
            AsyncResourceGuard<String> b = open(registry, "b");
            AsyncResourceGuard<String> c = open(registry, "c");
            assertThat(cleaned).containsExactly("a");
            assertThat(a.isOpen()).isFalse();
            assertThat(b.isOpen() && c.isOpen()).isTrue();
        }
    }

    @Test
    void evictOldest_bytes_evictsAsManyAsItTakes() {
        ResourceType type =
                ResourceType.named("file").maxBytes(100).whenFull(WhenFull.EVICT_OLDEST);
        try (ResourceRegistry registry = registry(type)) {
            for (int i = 0; i < 4; i++) {
                assertThat(open(registry, "s" + i, 25).isOpen()).isTrue();
            }
            AsyncResourceGuard<String> large = open(registry, "large", 60);
            assertThat(cleaned).containsExactly("s0", "s1", "s2");
            assertThat(large.isOpen()).isTrue();
        }
    }

    @Test
    void evictOldest_roomTakenByOneThatIsStillOpening_evictsItOnceItIsOpen() throws Exception {
        try (ResourceRegistry registry = registry(file(1, WhenFull.EVICT_OLDEST))) {
            CountDownLatch inside = new CountDownLatch(1);
            CountDownLatch go = new CountDownLatch(1);
            AtomicReference<AsyncResourceGuard<String>> slow = new AtomicReference<>();
            Thread opening =
                    Thread.ofVirtual()
                            .start(() ->
                                    slow.set(
                                            registry.acquire(
                                                    "file",
                                                    () -> {
                                                        inside.countDown();
                                                        Waits.open(go);
                                                        return "slow";
                                                    },
                                                    cleaned::add)));
            Waits.open(inside);
            Thread next = Thread.ofVirtual().start(() -> open(registry, "next").detach());
            awaitWaiting(registry, 1);
            go.countDown();
            Waits.end(opening);
            Waits.end(next);
            assertThat(cleaned).containsExactly("slow");
            assertThat(slow.get().isOpen()).isFalse();
        }
    }

    @Test
    void hammering_manyThreads_neverExceedsTheLimit() throws Exception {
        for (WhenFull whenFull : WhenFull.values()) {
            AtomicInteger open = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            ResourceRegistry registry = registry(file(3, whenFull));
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                threads.add(
                        Thread.ofVirtual()
                                .start(() -> {
                                    for (int i = 0; i < 200; i++) {
                                        try {
                                            hit(registry, open, most, i % 4);
                                        } catch (ResourceLimitException full) {
                                            assertThat(whenFull).isEqualTo(WhenFull.FAIL);
                                        }
                                    }
                                }));
            }
            for (Thread thread : threads) {
                Waits.end(thread);
            }
            registry.close();
            assertThat(most.get()).as("%s", whenFull).isBetween(1, 3);
            assertThat(open).hasValue(0);
            assertThat(registry.balance().holds()).isTrue();
        }
    }

    private static void hit(
            ResourceRegistry registry, AtomicInteger open, AtomicInteger most, int how) {
        var guard =
                registry.acquire(
                        "file",
                        () -> most.accumulateAndGet(open.incrementAndGet(), Math::max),
                        file -> open.decrementAndGet());
        if (how == 0) {
            guard.cleanup();
        } else {
            guard.close();
        }
    }

    @Test
    void acquireAsync_limitReached_opensNothingBeforeThereIsRoom() throws Exception {
        try (ResourceRegistry registry = registry(file(1, WhenFull.WAIT))) {
            AsyncResourceGuard<String> held = open(registry, "held");
            AtomicInteger begun = new AtomicInteger();
            List<CompletableFuture<AsyncResourceGuard<Integer>>> all = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                all.add(
                        registry.acquireAsync(
                                "file",
                                () -> CompletableFuture.completedFuture(begun.incrementAndGet()),
                                file -> {}));
                awaitWaiting(registry, i + 1);
            }
            assertThat(begun).hasValue(0);
            all.get(0).cancel(true);
            held.close();
            Waits.get(all.get(1)).close();
            Waits.get(all.get(2)).close();
            assertThat(begun).hasValue(2);
            assertThat(registry.balance().holds()).isTrue();
        }
    }
}
