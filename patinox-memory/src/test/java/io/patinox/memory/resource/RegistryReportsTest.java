package io.patinox.memory.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.monitor.Health;
import io.patinox.memory.monitor.MetricsSnapshot;
import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.monitor.MonitorEvent;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RegistryReportsTest {
    private final RecordingMonitor monitor = new RecordingMonitor();
    private final AtomicLong clock = new AtomicLong(-1);
    private final Gate gate = new Gate();
    private final ResourceRegistry registry =
            ResourceRegistry.builder("reports").monitor(monitor).ticker(clock::get).build();

    @AfterEach
    void closeRegistry() {
        gate.close();
        registry.close();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(20));
    }

    private AsyncResourceGuard<Object> failing() {
        return registry.request(
                        "bad",
                        Object::new,
                        r -> {
                            throw new IllegalStateException("on purpose");
                        })
                .name("bad one")
                .acquire();
    }

    @Test
    void metrics_afterAllSorts_countWhatHappened() throws Exception {
        AsyncResourceGuard<Object> open = registry.acquire("file", Object::new, r -> {});
        AsyncResourceGuard<Object> other = registry.acquire("file", Object::new, r -> {});
        AsyncResourceGuard<Object> socket = registry.acquire("socket", Object::new, r -> {});
        registry.acquire("file", Object::new, r -> clock.addAndGet(1_000)).close();
        registry.acquire("file", Object::new, r -> {}).detach();
        failing().cleanup().get(20, TimeUnit.SECONDS);

        MetricsSnapshot metrics = registry.metrics();

        assertThat(metrics.component()).isEqualTo("resource");
        assertThat(metrics.source()).isEqualTo("reports");
        assertThat(metrics.counters())
                .containsEntry("resource.acquired", 6L)
                .containsEntry("resource.cleaned", 1L)
                .containsEntry("resource.failed", 1L)
                .containsEntry("resource.abandoned", 0L)
                .containsEntry("resource.detached", 1L)
                .containsEntry("resource.leaked", 0L)
                .containsEntry("resource.cleanup.overdue", 0L)
                .containsEntry("resource.cleanup.late", 0L);
        assertThat(metrics.gauges())
                .containsEntry("resource.open", 3L)
                .containsEntry("resource.open.file", 2L)
                .containsEntry("resource.open.socket", 1L)
                .containsEntry("resource.cleanup.queued", 0L)
                .containsEntry("resource.cleanup.stuck", 0L);
        assertThat(metrics.histograms().get("resource.cleanup").count()).isEqualTo(2);
        assertThat(metrics.histograms().get("resource.cleanup").max()).isEqualTo(1_000);
        assertThat(open.isOpen() && other.isOpen() && socket.isOpen()).isTrue();
    }

    @Test
    void metrics_busyEngine_countsQueuedAndRunning() {
        try (ResourceRegistry narrow =
                ResourceRegistry.builder("narrow").cleanupConcurrency(1).build()) {
            for (int i = 0; i < 3; i++) {
                narrow.acquire("r", Object::new, gate).cleanup();
            }
            gate.awaitEntered();

            Map<String, Long> gauges = narrow.metrics().gauges();

            // one runs; more do if the machine is so slow that it is taken for stuck
            assertThat(gauges).containsEntry("resource.open.r", 3L);
            assertThat(gauges.get("resource.cleanup.running")).isBetween(1L, 3L);
            assertThat(gauges.get("resource.cleanup.queued"))
                    .isEqualTo(3 - gauges.get("resource.cleanup.running"));
            gate.close();
        }
    }

    @Test
    void health_afterAFailure_isDegradedForAMinute() throws Exception {
        assertThat(registry.health()).isEqualTo(Health.up());
        failing().cleanup().get(20, TimeUnit.SECONDS);

        Health degraded = registry.health();
        assertThat(degraded.status()).isEqualTo(Health.Status.DEGRADED);
        assertThat(degraded.reasons())
                .containsExactly(
                        new Health.Reason(
                                "RESOURCE-CLEANUP-FAILED",
                                "bad one: IllegalStateException: on purpose"));
        clock.addAndGet(Duration.ofMinutes(1).toNanos() - 1);
        assertThat(registry.health().status()).isEqualTo(Health.Status.DEGRADED);
        clock.addAndGet(1);
        assertThat(registry.health()).isEqualTo(Health.up());

        soon().until(() -> monitor.events(MonitorEvent.HealthChanged.class).size() == 2);
        MonitorEvent.HealthChanged first =
                monitor.events(MonitorEvent.HealthChanged.class).getFirst();
        assertThat(first.from()).isEqualTo(Health.up());
        assertThat(first.to()).isEqualTo(degraded);
    }

    @Test
    void health_stuckCleanup_isDegradedUntilItsThreadEnds() throws Exception {
        AsyncResourceGuard<Object> guard =
                registry.request("deaf", Object::new, gate::cleanDeaf)
                        .name("deaf one")
                        .deadline(Duration.ofMillis(30))
                        .acquire();
        CompletableFuture<CleanupOutcome> end = guard.cleanup();
        gate.awaitEntered();
        soon().pollInterval(Duration.ofMillis(5))
                .until(() -> registry.health().status() == Health.Status.DEGRADED);
        assertThat(end.get(20, TimeUnit.SECONDS)).isEqualTo(CleanupOutcome.ABANDONED);

        assertThat(registry.health().reasons())
                .extracting(Health.Reason::code)
                .containsExactly("RESOURCE-CLEANUP-TIMEOUT", "RESOURCE-CLEANUP-FAILED");
        assertThat(registry.health().reasons().getFirst().text())
                .isEqualTo("1 past the deadline, among them deaf one");
        assertThat(registry.metrics().gauges())
                .containsEntry("resource.cleanup.stuck", 1L)
                .containsEntry("resource.cleanup.running", 0L);
        clock.addAndGet(Duration.ofMinutes(2).toNanos());
        assertThat(registry.health().status()).isEqualTo(Health.Status.DEGRADED);

        gate.close();
        soon().until(() -> registry.health().equals(Health.up()));
        assertThat(registry.metrics().counters())
                .containsEntry("resource.cleanup.overdue", 1L)
                .containsEntry("resource.cleanup.late", 1L);
        soon().until(() -> !monitor.events(MonitorEvent.CleanupAbandoned.class).isEmpty());
        assertThat(monitor.events(MonitorEvent.CleanupAbandoned.class))
                .singleElement()
                .satisfies(e -> {
                    assertThat(e.resource()).isEqualTo("deaf one");
                    assertThat(e.deadline()).isEqualTo(Duration.ofMillis(30));
                    assertThat(e.stack())
                            .anyMatch(frame -> frame.getMethodName().equals("cleanDeaf"));
                });
    }

    @Test
    void ticker_thatThrows_isReportedAndLosesNothing() {
        AtomicBoolean broken = new AtomicBoolean();
        try (ResourceRegistry ticking =
                ResourceRegistry.builder("ticking")
                        .monitor(monitor)
                        .ticker(() -> {
                            if (broken.get()) {
                                throw new IllegalStateException("no clock");
                            }
                            return 0;
                        })
                        .build()) {
            AsyncResourceGuard<Object> guard = ticking.acquire("r", Object::new, r -> {});
            broken.set(true);
            guard.close();

            assertThat(ticking.balance()).isEqualTo(new ResourceBalance(1, 1, 0, 0, 0, 0));
            assertThat(ticking.metrics().counters())
                    .containsEntry("resource.internal.failures", 2L);
            soon().until(() -> monitor.events(MonitorEvent.CallbackFailed.class).size() == 2);
            assertThat(monitor.events(MonitorEvent.CallbackFailed.class))
                    .allMatch(e -> e.callback().equals("ticker"));
        }
    }

    @Test
    void monitor_thatThrowsAndBlocks_disturbsNothing() throws Exception {
        Monitor hostile =
                new Monitor() {
                    @Override
                    public void publish(MonitorEvent event) {
                        gate.cleanDeaf(event);
                        throw new IllegalStateException("hostile");
                    }
                };
        ResourceRegistry watched = ResourceRegistry.builder("watched").monitor(hostile).build();
        for (int i = 0; i < 5_000; i++) {
            watched.acquire(
                            "bad",
                            Object::new,
                            r -> {
                                throw new IllegalStateException("on purpose");
                            })
                    .cleanup()
                    .get(20, TimeUnit.SECONDS);
        }
        assertThat(watched.close(Duration.ofSeconds(20)).balance())
                .isEqualTo(new ResourceBalance(5_000, 0, 5_000, 0, 0, 0));
    }
}
