package io.patinox.memory.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.monitor.MonitorEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The defects of the Rust library that this one follows, numbered as they were found (R1 to R10):
/// each is shown not to have been carried over.
class OriginalDefectsTest {
    private final RecordingMonitor monitor = new RecordingMonitor();
    private final Gate gate = new Gate();
    private final List<ResourceRegistry> registries = new ArrayList<>();

    @AfterEach
    void closeAll() {
        gate.close();
        registries.forEach(ResourceRegistry::close);
    }

    private ResourceRegistry registry(int concurrency) {
        ResourceRegistry registry =
                ResourceRegistry.builder("defects")
                        .monitor(monitor)
                        .cleanupConcurrency(concurrency)
                        .build();
        registries.add(registry);
        return registry;
    }

    private static CleanupOutcome join(CompletableFuture<CleanupOutcome> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }

    /// R1: priorities were inverted.
    @Test
    void queue_blockedWorker_thenCriticalFirst() throws Exception {
        ResourceRegistry registry = registry(1);
        List<CleanupPriority> order = List.of();
        for (int i = 0; i < 50 && order.isEmpty(); i++) {
            order = cleanBehindABlocker(registry);
        }

        assertThat(order).containsExactly(CleanupPriority.values());
    }

    /// {@return the order of four cleanups queued LOW first, or nothing if the machine was so slow
    /// that the blocker was taken for stuck and others were let in beside it}
    private static List<CleanupPriority> cleanBehindABlocker(ResourceRegistry registry)
            throws Exception {
        List<CleanupPriority> order = new CopyOnWriteArrayList<>();
        CompletableFuture<Boolean> queued = new CompletableFuture<>();
        registry.acquire("blocker", Object::new, r -> queued.get()).cleanup();
        List<CompletableFuture<CleanupOutcome>> ends = new ArrayList<>();
        for (CleanupPriority priority : List.of(CleanupPriority.values()).reversed()) {
            ends.add(
                    registry.request("r", Object::new, r -> order.add(priority))
                            .priority(priority)
                            .acquire()
                            .cleanup());
        }
        boolean undisturbed = order.isEmpty();
        queued.complete(true);
        for (CompletableFuture<CleanupOutcome> end : ends) {
            assertThat(join(end)).isEqualTo(CleanupOutcome.CLEANED);
        }
        return undisturbed ? order : List.of();
    }

    /// R2: shutdown cleaned nothing and reported zero active. R3: the registry did not own the
    /// cleanup.
    @Test
    void close_openResources_runsEachCleanup() {
        ResourceRegistry registry = registry(4);
        List<Integer> cleaned = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 100; i++) {
            int id = i;
            registry.acquire("r", () -> id, cleaned::add);
        }

        CloseReport report = registry.close(Duration.ofSeconds(20));

        assertThat(cleaned).hasSize(100).doesNotHaveDuplicates();
        assertThat(report.complete()).isTrue();
        assertThat(report.balance()).isEqualTo(new ResourceBalance(100, 100, 0, 0, 0, 0));
    }

    /// R4: guard and registry were never connected, so a lost guard was lost for good.
    @Test
    void lostGuard_duringShutdown_isCleaned() {
        ResourceRegistry registry = registry(4);
        AtomicInteger cleaned = new AtomicInteger();
        for (int i = 0; i < 1_000; i++) {
            registry.acquire("r", Object::new, r -> cleaned.incrementAndGet());
        }
        System.gc();
        registry.close();

        assertThat(cleaned).hasValue(1_000);
        assertThat(registry.balance()).isEqualTo(new ResourceBalance(1_000, 1_000, 0, 0, 0, 0));
    }

    /// R5: one cleanup at a time, so that a stuck one blocked all others.
    @Test
    void queue_oneStuckCleanup_doesNotHoldUpTheOthers() throws Exception {
        ResourceRegistry registry = registry(1);
        registry.acquire("stuck", Object::new, gate).cleanup();
        gate.awaitEntered();
        List<CompletableFuture<CleanupOutcome>> ends = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            ends.add(registry.acquire("r", Object::new, r -> {}).cleanup());
        }

        for (CompletableFuture<CleanupOutcome> end : ends) {
            assertThat(join(end)).isEqualTo(CleanupOutcome.CLEANED);
        }
        assertThat(registry.balance()).isEqualTo(new ResourceBalance(10_001, 10_000, 0, 0, 0, 1));
    }

    /// R6: a timeout was declared and never produced.
    @Test
    void cleanup_hangs_isInterruptedAtItsDeadline() throws Exception {
        ResourceRegistry registry = registry(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        AsyncResourceGuard<Object> guard =
                registry.request(
                                "r",
                                Object::new,
                                r -> {
                                    try {
                                        gate.clean(r);
                                    } catch (InterruptedException e) {
                                        interrupted.set(true);
                                    }
                                })
                        .deadline(Duration.ofMillis(500))
                        .acquire();

        assertThat(join(guard.cleanup())).isEqualTo(CleanupOutcome.CLEANED);
        assertThat(interrupted).isTrue();
        assertThat(registry.metrics().counters()).containsEntry("resource.cleanup.overdue", 1L);
    }

    /// R7: one panicking cleanup ended the worker for ever.
    @Test
    void queue_throwingCleanup_leavesTheEngineRunning() throws Exception {
        ResourceRegistry registry = registry(1);
        AsyncResourceGuard<Object> bad =
                registry.acquire(
                        "bad",
                        Object::new,
                        r -> {
                            throw new AssertionError("on purpose, by a test");
                        });
        assertThat(join(bad.cleanup())).isEqualTo(CleanupOutcome.FAILED);

        for (int i = 0; i < 1_000; i++) {
            assertThat(join(registry.acquire("r", Object::new, r -> {}).cleanup()))
                    .isEqualTo(CleanupOutcome.CLEANED);
        }
    }

    /// R8: what was still on its way to the queue at shutdown was lost.
    @Test
    void close_rightAfterABurst_losesNothing() {
        ResourceRegistry registry = registry(2);
        AtomicInteger cleaned = new AtomicInteger();
        for (int i = 0; i < 5_000; i++) {
            registry.acquire("r", Object::new, r -> cleaned.incrementAndGet()).cleanup();
        }
        registry.close();

        assertThat(cleaned).hasValue(5_000);
        assertThat(registry.balance().holds()).isTrue();
        assertThat(registry.balance().open()).isZero();
    }

    /// R9: a failed cleanup stayed in the registry for ever.
    @Test
    void cleanup_failed_isNotListedAnyMore() throws Exception {
        ResourceRegistry registry = registry(2);
        AsyncResourceGuard<Object> bad =
                registry.acquire(
                        "bad",
                        Object::new,
                        r -> {
                            throw new IllegalStateException("on purpose");
                        });
        join(bad.cleanup());

        assertThat(registry.open()).isEmpty();
        assertThat(registry.balance()).isEqualTo(new ResourceBalance(1, 0, 1, 0, 0, 0));
    }

    /// R10: the monitor was stored and never called.
    @Test
    void monitor_cleanupFails_hearsOfIt() throws Exception {
        ResourceRegistry registry = registry(2);
        IllegalStateException failure = new IllegalStateException("on purpose");
        AsyncResourceGuard<Object> bad =
                registry.request(
                                "bad",
                                Object::new,
                                r -> {
                                    throw failure;
                                })
                        .name("bad one")
                        .acquire();
        join(bad.cleanup());

        await().dontCatchUncaughtExceptions()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(monitor.events(MonitorEvent.CleanupFailed.class))
                                .singleElement()
                                .satisfies(e -> {
                                    assertThat(e.source()).isEqualTo("defects");
                                    assertThat(e.resource()).isEqualTo("bad one");
                                    assertThat(e.attempts()).isEqualTo(1);
                                    assertThat(e.failure()).isSameAs(failure);
                                }));
        await().dontCatchUncaughtExceptions()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(monitor.sources()).containsExactly(registry));
        registry.close();
        await().dontCatchUncaughtExceptions()
                .atMost(Duration.ofSeconds(20))
                .until(() -> monitor.sources().isEmpty());
    }
}
