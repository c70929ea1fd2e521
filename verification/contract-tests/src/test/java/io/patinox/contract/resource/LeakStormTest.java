package io.patinox.contract.resource;

import static io.patinox.contract.resource.Waits.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.monitor.MonitorEvent.ResourceLeaked;
import io.patinox.memory.resource.LeakPolicy;
import io.patinox.memory.resource.LeakReport;
import io.patinox.memory.resource.LeakWatch;
import io.patinox.memory.resource.ResourceRegistry;
import io.patinox.memory.resource.ResourceRegistryBuilder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Claim: every leak is counted, and however many come at once, the reports stay readable.
@Timeout(60)
class LeakStormTest {
    private static final int MANY = 5_000;

    private final EventLog log = new EventLog();
    private final AtomicInteger cleaned = new AtomicInteger();
    private ResourceRegistry registry = builder().build();

    private ResourceRegistryBuilder builder() {
        return ResourceRegistry.builder("storm").monitor(log).siteSampling(0);
    }

    @AfterEach
    void theBooksBalance() {
        registry.close(SOON);
        assertThat(registry.balance().holds()).isTrue();
        assertThat(registry.balance().open()).isZero();
    }

    private void lose(int count, String type) {
        for (int i = 0; i < count; i++) {
            registry.acquire(type, () -> "x", text -> cleaned.incrementAndGet());
        }
    }

    private void awaitLeaks(long count) {
        await().atMost(SOON)
                .untilAsserted(() -> {
                    System.gc();
                    assertThat(registry.metrics().counters())
                            .containsEntry("resource.leaked", count);
                });
    }

    private long told() throws InterruptedException {
        return log.allOf(ResourceLeaked.class).stream().mapToLong(ResourceLeaked::count).sum();
    }

    @Test
    void leaks_ofOneType_areToldTogetherAndCounted() throws Exception {
        lose(MANY, "text");
        awaitLeaks(MANY);
        assertThat(registry.leaks()).hasSize(100);
        registry.close(SOON);
        assertThat(told()).isEqualTo(MANY);
        assertThat(log.of(ResourceLeaked.class)).hasSizeLessThan(50);
        assertThat(cleaned).hasValue(MANY);
    }

    @Test
    void leaks_ofMoreTypesThanAreRemembered_areAllTold() throws Exception {
        // two of each type: the second is put off, and then more others come than are remembered
        loseTwoOfEach(0, 600);
        loseTwoOfEach(600, 1_100);
        registry.close(SOON);
        assertThat(told()).isEqualTo(2_200);
        assertThat(cleaned).hasValue(2_200);
    }

    private void loseTwoOfEach(int from, int to) {
        for (int type = from; type < to; type++) {
            lose(2, "type-" + type);
        }
        awaitLeaks(2L * to);
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(log.of(ResourceLeaked.class)).hasSizeGreaterThanOrEqualTo(to));
    }

    @Test
    void leak_reportOnly_leavesTheResourceOpenUntilTheRegistryCloses() throws Exception {
        registry = builder().leakPolicy(LeakPolicy.REPORT_ONLY).build();
        lose(10, "text");
        awaitLeaks(10);
        assertThat(cleaned).hasValue(0);
        assertThat(registry.balance().open()).isEqualTo(10);
        registry.close(SOON);
        assertThat(cleaned).hasValue(10);
        assertThat(told()).isEqualTo(10);
        assertThat(log.of(ResourceLeaked.class)).noneMatch(ResourceLeaked::cleaned);
    }

    @Test
    void leaks_failTests_areToldEachByItselfWithItsPlace() throws Exception {
        registry = builder().leakPolicy(LeakPolicy.FAIL_TESTS).build();
        List<LeakReport> found;
        try (LeakWatch watch = LeakWatch.open()) {
            lose(20, "text");
            found = watch.collect(Duration.ofSeconds(10));
            awaitLeaks(20);
            found = watch.leaks();
        }
        assertThat(found).hasSize(20);
        assertThat(found.getFirst().type()).isEqualTo("text");
        assertThat(found)
                .allSatisfy(leak ->
                        assertThat(leak.site().orElseThrow().getStackTrace())
                                .anyMatch(frame -> frame.getMethodName().equals("lose")));
        assertThat(found.getFirst().toString()).contains("lose");
        registry.close(SOON);
        assertThat(log.allOf(ResourceLeaked.class)).hasSize(20).allMatch(leak -> leak.count() == 1);
    }

    @Test
    void watch_closed_seesNothing() throws Exception {
        registry = builder().leakPolicy(LeakPolicy.FAIL_TESTS).build();
        LeakWatch watch = LeakWatch.open();
        watch.close();
        lose(3, "text");
        awaitLeaks(3);
        assertThat(watch.leaks()).isEmpty();
    }
}
