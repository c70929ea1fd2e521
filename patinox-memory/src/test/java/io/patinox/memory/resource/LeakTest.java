package io.patinox.memory.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.monitor.MonitorEvent;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the garbage collector finds. It finds in its own time, so each poll asks it again and waits
/// at least 200 ms.
@Timeout(60)
class LeakTest {
    private final RecordingMonitor monitor = new RecordingMonitor();
    private final AtomicInteger cleanups = new AtomicInteger();
    private final AtomicLong clock = new AtomicLong(ThreadLocalRandom.current().nextLong());

    private ResourceRegistryBuilder builder() {
        return ResourceRegistry.builder("leaks").monitor(monitor).ticker(clock::get);
    }

    private static ConditionFactory collecting() {
        return await().atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(200))
                .conditionEvaluationListener(evaluated -> System.gc());
    }

    @Test
    void guard_lost_isReportedAndCleaned() {
        try (ResourceRegistry registry = builder().siteSampling(1).build()) {
            registry.acquire("lost", Object::new, r -> cleanups.incrementAndGet());
            clock.addAndGet(5_000_000_000L);
            System.gc();

            collecting().until(() -> cleanups.get() == 1);
            collecting().until(() -> !monitor.events(MonitorEvent.ResourceLeaked.class).isEmpty());
            collecting().until(() -> registry.balance().cleaned() == 1);

            assertThat(monitor.events(MonitorEvent.ResourceLeaked.class))
                    .singleElement()
                    .satisfies(leak -> {
                        assertThat(leak.source()).isEqualTo("leaks");
                        assertThat(leak.type()).isEqualTo("lost");
                        assertThat(leak.age()).isEqualTo(Duration.ofSeconds(5));
                        assertThat(leak.cleaned()).isTrue();
                        assertThat(leak.site()).isNotNull();
                        assertThat(leak.site()).hasMessageContaining("'lost'");
                        assertThat(leak.site().getStackTrace())
                                .anyMatch(frame -> frame.getMethodName().startsWith("guard_lost"));
                    });
            assertThat(registry.balance()).isEqualTo(new ResourceBalance(1, 1, 0, 0, 0, 0));
            assertThat(registry.metrics().counters()).containsEntry("resource.leaked", 1L);
        }
    }

    @Test
    void guard_lostUnderReportOnly_staysOpenUntilTheRegistryCloses() {
        ResourceRegistry registry =
                builder().leakPolicy(LeakPolicy.REPORT_ONLY).siteSampling(0).build();
        registry.acquire("lost", Object::new, r -> cleanups.incrementAndGet());
        System.gc();

        collecting().until(() -> !monitor.events(MonitorEvent.ResourceLeaked.class).isEmpty());

        assertThat(monitor.events(MonitorEvent.ResourceLeaked.class))
                .singleElement()
                .satisfies(leak -> {
                    assertThat(leak.cleaned()).isFalse();
                    assertThat(leak.site()).isNull();
                });
        assertThat(registry.balance()).isEqualTo(new ResourceBalance(1, 0, 0, 0, 0, 1));
        assertThat(cleanups).hasValue(0);
        registry.close();
        assertThat(cleanups).hasValue(1);
    }

    @Test
    void guard_closedAndLost_isNoLeak() {
        try (ResourceRegistry registry = builder().build()) {
            registry.acquire("closed", Object::new, r -> cleanups.incrementAndGet()).close();
            registry.acquire("detached", Object::new, r -> {}).detach();
            registry.acquire("lost", Object::new, r -> {});
            System.gc();

            collecting().until(() -> registry.balance().cleaned() == 2);

            assertThat(cleanups).hasValue(1);
            assertThat(registry.metrics().counters()).containsEntry("resource.leaked", 1L);
            assertThat(registry.balance()).isEqualTo(new ResourceBalance(3, 2, 0, 0, 1, 0));
        }
    }

    @Test
    void guard_inUseAndOtherwiseLost_isNotCleanedBefore() {
        try (ResourceRegistry registry = builder().build()) {
            AtomicBoolean cleaned = new AtomicBoolean();
            boolean early =
                    registry.acquire("used", Object::new, r -> cleaned.set(true))
                            .use(r -> {
                                // two collections with a pause between: time to be found
                                System.gc();
                                await().pollDelay(Duration.ofMillis(200)).until(() -> true);
                                System.gc();
                                return cleaned.get();
                            });

            assertThat(early).isFalse();
            collecting().untilTrue(cleaned);
        }
    }

    @Test
    void guards_lostByTheHundredThousand_areAllCleanedAndCounted() {
        try (ResourceRegistry registry = builder().build()) {
            for (int i = 0; i < 100_000; i++) {
                registry.acquire("lost", Object::new, r -> cleanups.incrementAndGet());
            }
            System.gc();

            collecting().until(() -> registry.balance().cleaned() == 100_000);

            assertThat(cleanups).hasValue(100_000);
            assertThat(registry.balance())
                    .isEqualTo(new ResourceBalance(100_000, 100_000, 0, 0, 0, 0));
            assertThat(registry.metrics().counters()).containsEntry("resource.leaked", 100_000L);
        }
    }

    @Test
    void guard_held_isNeverLost() {
        try (ResourceRegistry registry = builder().build()) {
            AsyncResourceGuard<Object> held =
                    registry.acquire("held", Object::new, r -> cleanups.incrementAndGet());
            registry.acquire("lost", Object::new, r -> {});
            System.gc();

            collecting().until(() -> registry.balance().cleaned() == 1);

            assertThat(held.isOpen()).isTrue();
            assertThat(cleanups).hasValue(0);
            Reference.reachabilityFence(held);
        }
    }
}
