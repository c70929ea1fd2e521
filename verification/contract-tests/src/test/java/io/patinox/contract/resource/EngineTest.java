package io.patinox.contract.resource;

import static io.patinox.contract.resource.Waits.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.error.ResourceClosedException;
import io.patinox.memory.monitor.Health;
import io.patinox.memory.monitor.MonitorEvent.CleanupAbandoned;
import io.patinox.memory.resource.AsyncResourceGuard;
import io.patinox.memory.resource.CleanupOutcome;
import io.patinox.memory.resource.CleanupPriority;
import io.patinox.memory.resource.ResourceRegistry;
import io.patinox.memory.resource.ResourceRegistryBuilder;
import io.patinox.memory.resource.ResourceType;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Claim: the most urgent cleanup goes first, none starves, and none holds up another.
@Timeout(60)
class EngineTest {
    private final EventLog log = new EventLog();
    private final List<String> cleaned = new CopyOnWriteArrayList<>();
    private final CountDownLatch go = new CountDownLatch(1);
    private final CountDownLatch never = new CountDownLatch(1);
    private ResourceRegistry registry = builder().build();

    private ResourceRegistryBuilder builder() {
        return ResourceRegistry.builder("engine").monitor(log);
    }

    @AfterEach
    void theBooksBalance() {
        go.countDown();
        never.countDown();
        registry.close(SOON);
        assertThat(registry.balance().holds()).isTrue();
        assertThat(registry.balance().open()).isZero();
    }

    /// A registry that cleans up one at a time, and is busy until [#go].
    private CompletableFuture<CleanupOutcome> busy(ResourceRegistryBuilder builder)
            throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        registry = builder.cleanupConcurrency(1).build();
        CompletableFuture<CleanupOutcome> gate =
                registry.acquire(
                                "gate",
                                () -> "gate",
                                text -> {
                                    inside.countDown();
                                    Waits.hang(go);
                                })
                        .cleanup();
        Waits.open(inside);
        return gate;
    }

    private CompletableFuture<CleanupOutcome> queue(String name, CleanupPriority priority) {
        return registry.request("text", () -> name, cleaned::add)
                .priority(priority)
                .acquire()
                .cleanup();
    }

    private static void all(List<CompletableFuture<CleanupOutcome>> futures) throws Exception {
        Waits.get(CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new)));
    }

    @Test
    void queue_priorities_criticalFirstAndFifoWithin() throws Exception {
        List<CompletableFuture<CleanupOutcome>> futures = new ArrayList<>();
        // the gate lends its permit if it blocks for long, so all are queued at once
        futures.add(busy(builder()));
        for (int i = 0; i < 3; i++) {
            for (CleanupPriority priority :
                    List.of(
                            CleanupPriority.LOW,
                            CleanupPriority.NORMAL,
                            CleanupPriority.CRITICAL,
                            CleanupPriority.HIGH)) {
                futures.add(queue(priority + " " + i, priority));
            }
        }
        go.countDown();
        all(futures);
        List<String> expected = new ArrayList<>();
        for (CleanupPriority priority : CleanupPriority.values()) {
            for (int i = 0; i < 3; i++) {
                expected.add(priority + " " + i);
            }
        }
        assertThat(cleaned).containsExactlyElementsOf(expected);
    }

    @Test
    void queue_floodOfCritical_servesLowAfterSixteen() throws Exception {
        List<CompletableFuture<CleanupOutcome>> futures = new ArrayList<>();
        futures.add(busy(builder()));
        futures.add(queue("LOW", CleanupPriority.LOW));
        for (int i = 0; i < 100; i++) {
            futures.add(queue("CRITICAL", CleanupPriority.CRITICAL));
        }
        go.countDown();
        all(futures);
        assertThat(cleaned.indexOf("LOW")).isBetween(1, 18);
    }

    @Test
    void typeConcurrency_bounded_doesNotHoldUpOthers() throws Exception {
        registry = builder().type(ResourceType.named("slow").cleanupConcurrency(1)).build();
        List<CompletableFuture<CleanupOutcome>> slow = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            slow.add(
                    registry.acquire(
                                    "slow",
                                    () -> "slow",
                                    text -> {
                                        Waits.hang(go);
                                        cleaned.add(text);
                                    })
                            .cleanup());
        }
        List<CompletableFuture<CleanupOutcome>> quick = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            quick.add(queue("quick", CleanupPriority.LOW));
        }
        all(quick);
        assertThat(cleaned).hasSize(100).containsOnly("quick");
        assertThat(registry.metrics().gauges()).containsEntry("resource.cleanup.running", 1L);
        go.countDown();
        all(slow);
    }

    @Test
    void cleanups_runOnVirtualThreads_orPlatformThreadsOnRequest() throws Exception {
        List<Boolean> virtual = new CopyOnWriteArrayList<>();
        var usual =
                registry.acquire(
                        "text", () -> "x", x -> virtual.add(Thread.currentThread().isVirtual()));
        Waits.get(usual.cleanup());
        var platform =
                registry.request(
                                "text",
                                () -> "x",
                                x -> virtual.add(Thread.currentThread().isVirtual()))
                        .onPlatformThread();
        Waits.get(platform.acquire().cleanup());
        assertThat(platform.acquire().close(SOON)).isEqualTo(CleanupOutcome.CLEANED);
        assertThat(virtual).containsExactly(true, false, false);
    }

    @Test
    void oneStuck_tenThousandQuick_allAreCleaned() throws Exception {
        registry = builder().cleanupConcurrency(1).build();
        AsyncResourceGuard<String> stuck =
                registry.request("text", () -> "stuck", text -> Waits.hang(never))
                        .priority(CleanupPriority.CRITICAL)
                        .deadline(Duration.ofMillis(500))
                        .acquire();
        CompletableFuture<CleanupOutcome> outcome = stuck.cleanup();
        List<CompletableFuture<CleanupOutcome>> futures = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            futures.add(registry.acquire("text", () -> "x", text -> {}).cleanup());
        }
        all(futures);
        assertThat(Waits.get(outcome)).isEqualTo(CleanupOutcome.ABANDONED);
        assertThat(registry.balance().cleaned()).isEqualTo(10_000);
    }

    @Test
    void misbehaving_cleanups_neverBlockAnother() throws Exception {
        registry = builder().cleanupConcurrency(2).build();
        AtomicReference<AsyncResourceGuard<String>> own = new AtomicReference<>();
        own.set(registry.acquire("text", () -> "x", x -> own.get().close()));
        List<CompletableFuture<CleanupOutcome>> futures = new ArrayList<>();
        futures.add(own.get().cleanup());
        futures.add(
                registry.acquire(
                                "text",
                                () -> "x",
                                x -> {
                                    throw new IOException(x);
                                })
                        .cleanup());
        futures.add(
                registry.acquire(
                                "text",
                                () -> "x",
                                x -> {
                                    throw new Broken();
                                })
                        .cleanup());
        // waits for one that queues behind it
        futures.add(
                registry.acquire(
                                "text",
                                () -> "x",
                                x ->
                                        Waits.get(
                                                registry.acquire("text", () -> "y", y -> {})
                                                        .cleanup()))
                        .cleanup());
        futures.add(
                registry.acquire("text", () -> "x", x -> Thread.currentThread().interrupt())
                        .cleanup());
        futures.add(queue("last", CleanupPriority.LOW));
        all(futures);
        assertThat(cleaned).containsExactly("last");
        assertThat(registry.balance().failed()).isEqualTo(2);
        assertThat(registry.balance().cleaned()).isEqualTo(5);
    }

    @Test
    void close_withADeadlineFromItsOwnCleanup_isRefused() {
        AtomicReference<AsyncResourceGuard<String>> own = new AtomicReference<>();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        own.set(
                registry.acquire(
                        "text",
                        () -> "x",
                        x -> thrown.set(catchThrowable(() -> own.get().close(SOON)))));
        assertThat(own.get().close(SOON)).isEqualTo(CleanupOutcome.CLEANED);
        assertThat(thrown.get()).isInstanceOf(ResourceClosedException.class);
    }

    @Test
    void deadline_missed_isInterruptedThenAbandonedWithItsStack() throws Exception {
        AsyncResourceGuard<String> heeds =
                registry.request("text", () -> "x", text -> never.await())
                        .deadline(Duration.ofMillis(300))
                        .acquire();
        assertThat(Waits.get(heeds.cleanup())).isEqualTo(CleanupOutcome.FAILED);
        AsyncResourceGuard<String> deaf =
                registry.request("text", () -> "x", text -> Waits.hang(never))
                        .name("deaf")
                        .deadline(Duration.ofMillis(10))
                        .acquire();
        assertThat(Waits.get(deaf.cleanup())).isEqualTo(CleanupOutcome.ABANDONED);
        await().dontCatchUncaughtExceptions()
                .atMost(SOON)
                .untilAsserted(() -> assertThat(log.of(CleanupAbandoned.class)).hasSize(1));
        CleanupAbandoned event = log.of(CleanupAbandoned.class).getFirst();
        assertThat(event.resource()).isEqualTo("deaf");
        assertThat(event.stack()).anyMatch(frame -> frame.getMethodName().equals("hang"));
        assertThat(registry.stuck()).containsExactly("deaf");
        assertThat(registry.health().status()).isEqualTo(Health.Status.DEGRADED);
        assertThat(registry.health().reasons()).hasSize(2);
        assertThat(registry.metrics().gauges()).containsEntry("resource.cleanup.stuck", 1L);
        assertThat(registry.metrics().counters()).containsEntry("resource.abandoned", 1L);
    }
}
