package io.patinox.contract.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.error.ResourceInterruptedException;
import io.patinox.memory.resource.AsyncResourceGuard;
import io.patinox.memory.resource.LeakPolicy;
import io.patinox.memory.resource.LeakReport;
import io.patinox.memory.resource.LeakWatch;
import io.patinox.memory.resource.ResourceRegistry;
import io.patinox.memory.resource.ResourceRegistryBuilder;
import io.patinox.memory.resource.ResourceType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Claim: one look finds every guard that was lost before it, and tells what it was and whence.
@Timeout(60)
class LeakWatchTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final LeakWatch watch = LeakWatch.open();
    private final AtomicLong time = new AtomicLong();
    private ResourceRegistry registry = builder().build();

    private static ResourceRegistryBuilder builder() {
        return ResourceRegistry.builder("watched").leakPolicy(LeakPolicy.FAIL_TESTS);
    }

    @AfterEach
    void close() {
        watch.close();
        registry.close();
    }

    private AsyncResourceGuard<String> acquire(String name) {
        return registry.request("text", () -> name, text -> {}).name(name).acquire();
    }

    private void lose(String name) {
        AsyncResourceGuard<String> _ = acquire(name);
    }

    private List<String> names() {
        return watch.leaks().stream().map(LeakReport::name).toList();
    }

    @Test
    void collect_lostGuard_isReportedAndCleaned() throws InterruptedException {
        long before = System.nanoTime();
        lose("lost");
        long after = System.nanoTime();

        List<LeakReport> leaks = watch.collect(SOON);

        assertThat(leaks).isEqualTo(watch.leaks()).hasSize(1);
        LeakReport leak = leaks.getFirst();
        assertThat(leak.registry()).isEqualTo("watched");
        assertThat(leak.type()).isEqualTo("text");
        assertThat(leak.name()).isEqualTo("lost");
        assertThat(leak.age()).isBetween(Duration.ZERO, SOON);
        assertThat(leak.acquiredNanos()).isBetween(before, after);
        assertThat(leak.site().orElseThrow().getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("lose"));
        assertThat(leak.toString()).contains("'lost'", "LeakWatchTest.lose");
        await().atMost(SOON).untilAsserted(() -> assertThat(registry.balance().open()).isZero());
        assertThat(registry.balance().cleaned()).isEqualTo(1);
    }

    @Test
    void collect_closedDetachedOrKept_findsNothing() throws InterruptedException {
        AsyncResourceGuard<String> kept = acquire("kept");
        acquire("closed").close();
        String _ = acquire("detached").detach();

        assertThat(watch.collect(SOON)).isEmpty();
        assertThat(kept.isOpen()).isTrue();
    }

    @Test
    void collect_many_findsAllAtOnce() throws InterruptedException {
        for (int i = 0; i < 20_000; i++) {
            lose("n" + i);
        }

        assertThat(watch.collect(SOON)).hasSize(20_000);
        assertThat(names()).doesNotHaveDuplicates();
    }

    /// A collection takes longer than a millisecond: what it finds is reported all the same.
    @Test
    void collect_littlePatience_findsWhatOneCollectionDoes() throws InterruptedException {
        for (int i = 0; i < 20; i++) {
            lose("n" + i);

            assertThat(watch.collect(Duration.ofMillis(1))).hasSize(i + 1);
        }
    }

    @Test
    void collect_lostByACleanup_isFoundToo() {
        List<AsyncResourceGuard<String>> kept = new CopyOnWriteArrayList<>();
        keepInACleanup(kept);
        lose("outer");

        await().atMost(SOON)
                .untilAsserted(() -> {
                    List<LeakReport> _ = watch.collect(SOON);
                    assertThat(names()).containsExactlyInAnyOrder("outer", "owner", "inner");
                });
    }

    private void keepInACleanup(List<AsyncResourceGuard<String>> kept) {
        kept.add(acquire("inner"));
        AsyncResourceGuard<String> _ =
                registry.request("owner", () -> "o", text -> kept.clear()).name("owner").acquire();
    }

    @Test
    void collect_interrupted_saysSo() {
        AsyncResourceGuard<String> kept = acquire("kept");
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> watch.collect(SOON)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
        kept.close();
    }

    @Test
    void collect_patienceOutOfRange_isRefused() {
        assertThatThrownBy(() -> watch.collect(Duration.ZERO))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("patience");
        assertThatThrownBy(() -> watch.collect(Duration.ofMinutes(11)))
                .isInstanceOf(InvalidOptionException.class);
    }

    @Test
    void watches_several_areEachToldUntilTheyClose() throws InterruptedException {
        LeakWatch other = LeakWatch.open();
        lose("for both");
        assertThat(watch.collect(SOON)).hasSize(1);
        assertThat(other.leaks()).isEqualTo(watch.leaks());

        other.close();
        lose("for one");
        assertThat(watch.collect(SOON)).hasSize(2);
        assertThat(other.leaks()).hasSize(1);
    }

    @Test
    void registry_ofAnotherPolicy_isNotSeen() throws InterruptedException {
        registry.close();
        registry = ResourceRegistry.builder("other").build();
        lose("unseen");

        assertThat(watch.collect(SOON)).isEmpty();
    }

    @Test
    void registry_closing_looksForLostGuardsFirst() {
        AsyncResourceGuard<String> kept = acquire("kept");
        lose("lost");

        assertThat(registry.close(SOON).unclean()).isEmpty();

        assertThat(names()).containsExactly("lost");
        assertThat(kept.isOpen()).isFalse();
        assertThat(registry.balance().holds()).isTrue();
        assertThat(registry.balance().cleaned()).isEqualTo(2);
    }

    @Test
    void registry_closingInterrupted_closesAllTheSame() {
        lose("lost");
        Thread.currentThread().interrupt();

        assertThatThrownBy(registry::close).isInstanceOf(ResourceInterruptedException.class);

        assertThat(Thread.interrupted()).isTrue();
        await().atMost(SOON).untilAsserted(() -> assertThat(registry.balance().open()).isZero());
    }

    @Test
    void type_thatSamplesNothing_isReportedWithItsPlace() throws InterruptedException {
        registry.close();
        registry = builder().type(ResourceType.named("text").siteSampling(0)).build();
        lose("lost");

        assertThat(watch.collect(SOON))
                .singleElement()
                .satisfies(leak -> assertThat(leak.site()).isPresent());
    }

    @Test
    void ticker_movedByHand_leavesTheRealTimeOfAcquisition() throws InterruptedException {
        registry.close();
        registry = builder().ticker(time::get).build();
        long before = System.nanoTime();
        lose("lost");
        long after = System.nanoTime();
        time.addAndGet(Duration.ofDays(1).toNanos());

        assertThat(watch.collect(SOON))
                .singleElement()
                .satisfies(leak -> {
                    assertThat(leak.age()).isEqualTo(Duration.ofDays(1));
                    assertThat(leak.acquiredNanos()).isBetween(before, after);
                });
    }
}
