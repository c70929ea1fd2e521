package io.patinox.contract.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.error.CleanupFailedException;
import io.patinox.memory.error.RegistryClosedException;
import io.patinox.memory.error.ResourceClosedException;
import io.patinox.memory.monitor.MonitorEvent;
import io.patinox.memory.resource.AsyncResourceGuard;
import io.patinox.memory.resource.CleanupOutcome;
import io.patinox.memory.resource.CleanupPriority;
import io.patinox.memory.resource.CloseReport;
import io.patinox.memory.resource.ResourceBalance;
import io.patinox.memory.resource.ResourceRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Claim: every resource that was acquired is cleaned up once, and accounted for.
@Timeout(60)
class RegistryTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final List<MonitorEvent> events = new CopyOnWriteArrayList<>();
    private final List<String> cleaned = new CopyOnWriteArrayList<>();
    private final ResourceRegistry registry =
            ResourceRegistry.builder("contract").monitor(events::add).siteSampling(1).build();

    @AfterEach
    void theBooksBalance() {
        registry.close(SOON);
        await().atMost(SOON).untilAsserted(() -> assertThat(registry.balance().open()).isZero());
        assertThat(registry.balance().holds()).isTrue();
    }

    private AsyncResourceGuard<String> open(String name) {
        return registry.acquire("text", () -> name, cleaned::add);
    }

    @Test
    void close_openGuards_runsEveryCleanupByPriority() {
        for (int i = 0; i < 3; i++) {
            for (CleanupPriority priority :
                    List.of(
                            CleanupPriority.LOW,
                            CleanupPriority.CRITICAL,
                            CleanupPriority.NORMAL,
                            CleanupPriority.HIGH)) {
                registry.request("text", () -> priority.name(), cleaned::add)
                        .priority(priority)
                        .acquire();
            }
        }
        CloseReport report = registry.close(SOON);
        assertThat(report.complete()).isTrue();
        assertThat(report.balance()).isEqualTo(new ResourceBalance(12, 12, 0, 0, 0, 0));
        assertThat(cleaned)
                .containsExactly(
                        "CRITICAL",
                        "CRITICAL",
                        "CRITICAL",
                        "HIGH",
                        "HIGH",
                        "HIGH",
                        "NORMAL",
                        "NORMAL",
                        "NORMAL",
                        "LOW",
                        "LOW",
                        "LOW");
    }

    @Test
    void close_ownedGuards_cleansTheOwnerFirst() {
        var owner =
                registry.request("text", () -> "owner", cleaned::add)
                        .priority(CleanupPriority.LOW)
                        .acquire();
        registry.request("text", () -> "owned", cleaned::add)
                .priority(CleanupPriority.CRITICAL)
                .ownedBy(owner)
                .acquire();
        registry.close(SOON);
        assertThat(cleaned).containsExactly("owner", "owned");
    }

    @Test
    void balance_everyOutcome_isCounted() throws Exception {
        open("closed").close();
        assertThat(open("asked").cleanup().get(20, TimeUnit.SECONDS))
                .isEqualTo(CleanupOutcome.CLEANED);
        assertThat(open("detached").detach()).isEqualTo("detached");
        AsyncResourceGuard<String> failing =
                registry.acquire(
                        "text",
                        () -> "failing",
                        text -> {
                            throw new IOException(text);
                        });
        assertThatThrownBy(failing::close).isInstanceOf(CleanupFailedException.class);
        AsyncResourceGuard<String> left = open("left open");
        assertThat(registry.balance()).isEqualTo(new ResourceBalance(5, 2, 1, 0, 1, 1));
        assertThat(registry.open())
                .singleElement()
                .satisfies(v -> assertThat(v.site()).isPresent());
        assertThat(left.isOpen()).isTrue();
        assertThat(registry.close(SOON).balance()).isEqualTo(new ResourceBalance(5, 3, 1, 0, 1, 0));
        assertThat(cleaned).containsExactly("closed", "asked", "left open");
        assertThatThrownBy(left::get).isInstanceOf(ResourceClosedException.class);
        assertThatThrownBy(() -> open("too late")).isInstanceOf(RegistryClosedException.class);
    }

    @Test
    void guard_dropped_isReportedWithItsPlaceAndCleaned() {
        dropAGuard();
        await().atMost(SOON)
                .untilAsserted(() -> {
                    System.gc();
                    assertThat(cleaned).containsExactly("lost");
                });
        await().atMost(SOON).untilAsserted(() -> assertThat(events).isNotEmpty());
        assertThat(events.getFirst())
                .isInstanceOfSatisfying(
                        MonitorEvent.ResourceLeaked.class,
                        leak -> {
                            assertThat(leak.type()).isEqualTo("text");
                            assertThat(leak.cleaned()).isTrue();
                            assertThat(leak.site()).isNotNull();
                            assertThat(leak.site().getStackTrace())
                                    .anyMatch(frame -> frame.getMethodName().equals("dropAGuard"));
                        });
        assertThat(registry.metrics().counters()).containsEntry("resource.leaked", 1L);
    }

    private void dropAGuard() {
        assertThat(open("lost").get()).isEqualTo("lost");
    }

    @Test
    void close_fromInsideACleanup_endsAndCleansTheRest() {
        AtomicReference<@Nullable CloseReport> inner = new AtomicReference<>();
        open("first");
        registry.request("text", () -> "closer", text -> inner.set(registry.close(SOON)))
                .priority(CleanupPriority.CRITICAL)
                .acquire();
        registry.close(SOON);
        assertThat(inner.get()).isNotNull();
        assertThat(cleaned).containsExactly("first");
        assertThat(registry.balance()).isEqualTo(new ResourceBalance(2, 2, 0, 0, 0, 0));
    }

    @Test
    void close_aGuardFromInsideACleanup_ends() {
        AsyncResourceGuard<String> other = open("other");
        AsyncResourceGuard<String> closer =
                registry.acquire("text", () -> "closer", text -> other.close());
        closer.close();
        assertThat(cleaned).containsExactly("other");
    }

    @Test
    void close_byManyAtOnce_cleansOnce() throws Exception {
        for (int round = 0; round < 100; round++) {
            AtomicInteger times = new AtomicInteger();
            AsyncResourceGuard<Integer> guard =
                    registry.acquire("number", () -> 1, n -> times.addAndGet(n));
            CountDownLatch go = new CountDownLatch(1);
            List<Thread> all = new ArrayList<>();
            for (Runnable end : List.<Runnable>of(guard::close, guard::close, guard::cleanup)) {
                all.add(
                        Thread.ofPlatform()
                                .start(() -> {
                                    awaitQuietly(go);
                                    end.run();
                                }));
            }
            go.countDown();
            for (Thread thread : all) {
                assertThat(thread.join(SOON)).isTrue();
            }
            assertThat(guard.cleanup().get(20, TimeUnit.SECONDS)).isEqualTo(CleanupOutcome.CLEANED);
            assertThat(times).hasValue(1);
        }
    }

    @Test
    void close_acquisitionsUnderWay_losesNone() throws Exception {
        AtomicInteger opened = new AtomicInteger();
        AtomicInteger ended = new AtomicInteger();
        List<Thread> all = new ArrayList<>();
        CountDownLatch some = new CountDownLatch(50);
        for (int i = 0; i < 4; i++) {
            all.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                try {
                                    while (true) {
                                        registry.acquire(
                                                "number",
                                                opened::incrementAndGet,
                                                n -> ended.incrementAndGet());
                                        some.countDown();
                                    }
                                } catch (RegistryClosedException e) {
                                    some.countDown();
                                }
                            }));
        }
        assertThat(some.await(20, TimeUnit.SECONDS)).isTrue();
        registry.close(SOON);
        for (Thread thread : all) {
            assertThat(thread.join(SOON)).isTrue();
        }
        await().atMost(SOON).untilAsserted(() -> assertThat(ended.get()).isEqualTo(opened.get()));
    }

    @Test
    void registry_randomOperations_accountsForAll() throws Exception {
        long seed = ThreadLocalRandom.current().nextLong();
        AtomicInteger opened = new AtomicInteger();
        AtomicInteger ended = new AtomicInteger();
        AtomicInteger detached = new AtomicInteger();
        List<Thread> all = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            Random random = new Random(seed + t);
            all.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                for (int i = 0; i < 300; i++) {
                                    play(random, opened, ended, detached);
                                }
                            }));
        }
        for (Thread thread : all) {
            assertThat(thread.join(SOON)).isTrue();
        }
        CloseReport report = registry.close(SOON);
        assertThat(report.balance().holds()).as("seed %d: %s", seed, report).isTrue();
        assertThat(report.balance().open()).as("seed %d", seed).isZero();
        assertThat(report.balance().acquired()).as("seed %d", seed).isEqualTo(opened.get());
        assertThat(ended.get() + detached.get()).as("seed %d", seed).isEqualTo(opened.get());
        assertThat(report.balance().detached()).as("seed %d", seed).isEqualTo(detached.get());
    }

    private void play(
            Random random, AtomicInteger opened, AtomicInteger ended, AtomicInteger detached) {
        boolean fails = random.nextInt(5) == 0;
        AsyncResourceGuard<Integer> guard =
                registry.request(
                                "number",
                                opened::incrementAndGet,
                                n -> {
                                    ended.incrementAndGet();
                                    if (fails) {
                                        throw new IOException("not this time");
                                    }
                                })
                        .priority(CleanupPriority.values()[random.nextInt(4)])
                        .acquire();
        switch (random.nextInt(5)) {
            case 0 -> guard.close(SOON);
            case 1 -> guard.cleanup();
            case 2 -> {
                guard.detach();
                detached.incrementAndGet();
            }
            case 3 -> guard.use(n -> n + 1);
            default -> assertThat(guard.isOpen()).isTrue();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
