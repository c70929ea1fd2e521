package io.patinox.memory.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.error.CleanupTimeoutException;
import io.patinox.memory.error.RegistryClosedException;
import io.patinox.memory.error.ResourceInterruptedException;
import io.patinox.memory.monitor.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RegistryCloseTest {
    private final Gate gate = new Gate();
    private final ResourceRegistry registry = ResourceRegistry.builder("closing").build();
    private final List<String> order = new CopyOnWriteArrayList<>();

    @AfterEach
    void closeRegistry() {
        gate.close();
        registry.close();
    }

    /// Keeps guards from being lost, for a collection may come at any time.
    private final List<AsyncResourceGuard<?>> held = new ArrayList<>();

    private <T> AsyncResourceGuard<T> hold(AsyncResourceGuard<T> guard) {
        held.add(guard);
        return guard;
    }

    private ResourceRequest<String> request(String name) {
        return registry.request("r", () -> name, order::add).name(name);
    }

    @Test
    void close_mixedPriorities_ordersByPriorityThenNewestFirst() {
        for (int i = 1; i <= 3; i++) {
            for (CleanupPriority priority : CleanupPriority.values()) {
                hold(request(priority + "-" + i).priority(priority).acquire());
            }
        }

        CloseReport report = registry.close(Duration.ofSeconds(30));

        assertThat(order)
                .containsExactly(
                        "CRITICAL-3",
                        "CRITICAL-2",
                        "CRITICAL-1",
                        "HIGH-3",
                        "HIGH-2",
                        "HIGH-1",
                        "NORMAL-3",
                        "NORMAL-2",
                        "NORMAL-1",
                        "LOW-3",
                        "LOW-2",
                        "LOW-1");
        assertThat(report.balance()).isEqualTo(new ResourceBalance(12, 12, 0, 0, 0, 0));
        assertThat(report.elapsed()).isPositive();
    }

    @Test
    void close_owned_followsItsOwnerWhateverThePriority() {
        AsyncResourceGuard<String> owner =
                hold(request("owner").priority(CleanupPriority.LOW).acquire());
        AsyncResourceGuard<String> middle =
                hold(request("middle").priority(CleanupPriority.CRITICAL).ownedBy(owner).acquire());
        hold(request("leaf").priority(CleanupPriority.CRITICAL).ownedBy(middle).acquire());
        hold(request("other").acquire());

        registry.close();

        assertThat(order).containsExactly("other", "owner", "middle", "leaf");
    }

    @Test
    void close_ownerCleansWhatItOwns_exactlyOnce() {
        List<AsyncResourceGuard<String>> members = new CopyOnWriteArrayList<>();
        AsyncResourceGuard<Object> owner =
                registry.acquire(
                        "pool",
                        Object::new,
                        r -> {
                            for (AsyncResourceGuard<String> member : members) {
                                member.cleanup().get(20, TimeUnit.SECONDS);
                            }
                            order.add("pool");
                        });
        IntStream.range(0, 100)
                .forEach(i -> members.add(hold(request("m" + i).ownedBy(owner).acquire())));

        CloseReport report = registry.close(Duration.ofSeconds(30));

        assertThat(order).hasSize(101).doesNotHaveDuplicates().endsWith("pool");
        assertThat(report.complete()).isTrue();
    }

    @Test
    void close_ownersChain_ofTenThousand() {
        AsyncResourceGuard<String> last = hold(request("0").acquire());
        for (int i = 1; i < 10_000; i++) {
            last = hold(request(Integer.toString(i)).ownedBy(last).acquire());
        }

        assertThat(registry.close(Duration.ofSeconds(50)).complete()).isTrue();
        assertThat(order)
                .containsExactlyElementsOf(
                        IntStream.range(0, 10_000).mapToObj(Integer::toString).toList());
    }

    @Test
    void close_hangingOwner_stillCleansWhatItOwnsWithinTheBudget() {
        AsyncResourceGuard<Object> owner =
                hold(registry.request("pool", Object::new, gate::cleanDeaf).name("pool").acquire());
        hold(request("member").ownedBy(owner).acquire());

        CloseReport report = registry.close(Duration.ofSeconds(4));

        assertThat(order).containsExactly("member");
        assertThat(report.unclean())
                .singleElement()
                .satisfies(left -> assertThat(left.resource()).isEqualTo("pool"));
        assertThat(report.balance()).isEqualTo(new ResourceBalance(2, 1, 0, 1, 0, 0));
    }

    @Test
    void close_hangingCleanup_cleansTheOthersAndReportsWhy() {
        for (int i = 0; i < 50; i++) {
            hold(request("before-" + i).acquire());
        }
        hold(registry.request("deaf", Object::new, gate::cleanDeaf).name("deaf one").acquire());
        for (int i = 0; i < 50; i++) {
            hold(request("after-" + i).acquire());
        }

        CloseReport report = registry.close(Duration.ofSeconds(3));

        assertThat(order).hasSize(100);
        assertThat(report.complete()).isFalse();
        assertThat(report.unclean())
                .singleElement()
                .satisfies(left -> {
                    assertThat(left.resource()).isEqualTo("deaf one");
                    assertThat(left.type()).isEqualTo("deaf");
                    assertThat(left.reason()).contains("did not end within");
                });
        assertThat(report.balance()).isEqualTo(new ResourceBalance(101, 100, 0, 1, 0, 0));
        assertThat(report.toString()).contains("deaf one");
    }

    @Test
    void close_budgetSpent_givesUpWhatNeverBeganAndSaysSo() throws Exception {
        ResourceRegistry narrow = ResourceRegistry.builder("narrow").cleanupConcurrency(1).build();
        List<Gate> gates = new ArrayList<>();
        List<CompletableFuture<CleanupOutcome>> ends = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Gate deaf = new Gate();
            gates.add(deaf);
            ends.add(hold(narrow.acquire("deaf", Object::new, deaf::cleanDeaf)).cleanup());
        }

        CloseReport report = narrow.close(Duration.ofSeconds(1));
        for (CompletableFuture<CleanupOutcome> end : ends) {
            assertThat(end.get(20, TimeUnit.SECONDS)).isEqualTo(CleanupOutcome.ABANDONED);
        }
        gates.forEach(Gate::close);

        assertThat(report.balance()).isEqualTo(new ResourceBalance(200, 0, 0, 200, 0, 0));
        assertThat(report.unclean()).hasSize(200);
        assertThat(report.unclean())
                .filteredOn(left -> left.reason().contains("not begun within the budget of 1 s"))
                .isNotEmpty();
        assertThat(report.unclean())
                .filteredOn(left -> left.reason().contains("did not end within"))
                .isNotEmpty();
    }

    @Test
    void close_endOfTheBudget_interruptsWhatRunsAndGivesUpWhatQueues() throws Exception {
        ResourceRegistry narrow = ResourceRegistry.builder("narrow").cleanupConcurrency(1).build();
        AsyncResourceGuard<Object> running = hold(narrow.acquire("slow", Object::new, gate));
        CompletableFuture<CleanupOutcome> interrupted = running.cleanup();
        gate.awaitEntered();

        CloseReport report = narrow.close(Duration.ofSeconds(4));

        assertThat(interrupted).isCompletedWithValue(CleanupOutcome.FAILED);
        assertThat(report.unclean())
                .singleElement()
                .satisfies(left -> assertThat(left.reason()).contains("RESOURCE-CLEANUP-TIMEOUT"));
        assertThat(report.elapsed()).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(5));
    }

    @Test
    void close_ownerUnderWayAlready_isWaitedForBeforeWhatItOwns() throws Exception {
        AsyncResourceGuard<Object> owner =
                hold(
                        registry.acquire(
                                "pool",
                                Object::new,
                                r -> {
                                    gate.clean(r);
                                    order.add("pool");
                                }));
        hold(request("member").ownedBy(owner).acquire());
        hold(request("other").acquire());
        owner.cleanup();
        gate.awaitEntered();
        CompletableFuture<CloseReport> closing =
                CompletableFuture.supplyAsync(
                        () -> registry.close(Duration.ofSeconds(50)),
                        task -> Thread.ofPlatform().daemon().start(task));
        await().atMost(Duration.ofSeconds(20)).until(() -> order.contains("other"));
        gate.close();

        assertThat(closing.get(50, TimeUnit.SECONDS).complete()).isTrue();
        assertThat(order).containsExactly("other", "pool", "member");
    }

    @Test
    void close_failedCleanup_isReportedWithItsCause() {
        registry.request(
                        "bad",
                        Object::new,
                        r -> {
                            throw new IllegalStateException("disk gone");
                        })
                .name("bad one")
                .acquire();
        hold(request("good").acquire());

        CloseReport report = registry.close(Duration.ofSeconds(20));

        assertThat(report.unclean())
                .containsExactly(
                        new CloseReport.Unclean(
                                "bad one",
                                "bad",
                                "its cleanup failed: IllegalStateException: disk gone"));
        assertThat(order).containsExactly("good");
    }

    @Test
    void close_again_givesTheSameReport() {
        hold(request("one").acquire());

        CloseReport first = registry.close(Duration.ofSeconds(20));
        CloseReport second = registry.close(Duration.ofSeconds(1));

        assertThat(second.balance()).isEqualTo(first.balance());
        assertThat(second.elapsed()).isEqualTo(first.elapsed());
        assertThat(order).containsExactly("one");
        assertThat(registry.isClosed()).isTrue();
        assertThat(registry).hasToString("ResourceRegistry[closing, closed]");
    }

    @Test
    void close_fromManyThreads_cleansOnceAndAllSeeTheSame() throws Exception {
        IntStream.range(0, 100).forEach(i -> hold(request("r" + i).acquire()));
        List<CompletableFuture<CloseReport>> closes = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            closes.add(
                    CompletableFuture.supplyAsync(
                            () -> registry.close(Duration.ofSeconds(20)),
                            task -> Thread.ofPlatform().daemon().start(task)));
        }

        for (CompletableFuture<CloseReport> close : closes) {
            assertThat(close.get(30, TimeUnit.SECONDS).balance())
                    .isEqualTo(new ResourceBalance(100, 100, 0, 0, 0, 0));
        }
        assertThat(order).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void close_insideACleanupOfTheEngine_returnsAtOnceAndGoesOn() throws Exception {
        AtomicReference<CloseReport> inner = new AtomicReference<>();
        AsyncResourceGuard<Object> guard =
                registry.acquire(
                        "suicidal",
                        Object::new,
                        r -> inner.set(registry.close(Duration.ofSeconds(30))));
        hold(request("other").acquire());

        assertThat(guard.cleanup().get(20, TimeUnit.SECONDS)).isEqualTo(CleanupOutcome.CLEANED);
        CloseReport report = registry.close(Duration.ofSeconds(30));

        assertThat(inner.get()).isNotNull();
        assertThat(report.balance()).isEqualTo(new ResourceBalance(2, 2, 0, 0, 0, 0));
        assertThat(order).containsExactly("other");
    }

    @Test
    void close_insideACleanupOfACaller_returnsAtOnceWithAReportOfTheMoment() {
        AtomicReference<CloseReport> inner = new AtomicReference<>();
        AsyncResourceGuard<Object> guard =
                registry.acquire(
                        "suicidal",
                        Object::new,
                        r -> inner.set(registry.close(Duration.ofSeconds(30))));

        guard.close();

        assertThat(inner.get().balance().open()).isEqualTo(1);
        assertThat(registry.close(Duration.ofSeconds(30)).balance())
                .isEqualTo(new ResourceBalance(1, 1, 0, 0, 0, 0));
    }

    @Test
    void close_cleanupOnACallersThread_isWaitedForButNotTouched() throws Exception {
        AsyncResourceGuard<Object> guard =
                registry.request("slow", Object::new, gate).name("slow one").acquire();
        Thread caller = Thread.ofPlatform().name("the-caller").start(guard::close);
        gate.awaitEntered();

        CloseReport report = registry.close(Duration.ofMillis(200));

        assertThat(report.unclean())
                .containsExactly(
                        new CloseReport.Unclean(
                                "slow one",
                                "slow",
                                "its cleanup still runs in thread 'the-caller'"));
        assertThat(report.balance()).isEqualTo(new ResourceBalance(1, 0, 0, 0, 0, 1));
        gate.close();
        caller.join();
        assertThat(registry.balance()).isEqualTo(new ResourceBalance(1, 1, 0, 0, 0, 0));
    }

    @Test
    void close_interrupted_throwsAndGoesOnInTheBackground() {
        hold(registry.acquire("slow", Object::new, gate));
        Thread.currentThread().interrupt();

        assertThatThrownBy(registry::close).isInstanceOf(ResourceInterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
        gate.close();
        assertThat(registry.close(Duration.ofSeconds(20)).balance())
                .isEqualTo(new ResourceBalance(1, 1, 0, 0, 0, 0));
    }

    @Test
    void close_cleanupAcquiresAnother_isRefusedAndLeaksNothing() {
        List<String> refusals = new CopyOnWriteArrayList<>();
        registry.acquire(
                "greedy",
                Object::new,
                r -> {
                    try {
                        hold(request("more").acquire());
                    } catch (RegistryClosedException e) {
                        refusals.add(e.resource());
                    }
                });

        assertThat(registry.close(Duration.ofSeconds(20)).complete()).isTrue();
        assertThat(refusals).containsExactly("closing");
        assertThat(order).isEmpty();
    }

    @Test
    void close_whileAcquiring_everythingAcquiredIsCleaned() throws Exception {
        CountDownLatch acquired = new CountDownLatch(1_000);
        List<Integer> supplied = new CopyOnWriteArrayList<>();
        List<Integer> cleaned = new CopyOnWriteArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            int base = t * 1_000_000;
            threads.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                for (int i = base; ; i++) {
                                    int id = i;
                                    try {
                                        registry.acquire(
                                                "r",
                                                () -> {
                                                    supplied.add(id);
                                                    return id;
                                                },
                                                cleaned::add);
                                        acquired.countDown();
                                    } catch (RegistryClosedException e) {
                                        return;
                                    }
                                }
                            }));
        }
        acquired.await();
        registry.close(Duration.ofSeconds(30));
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(cleaned).containsExactlyInAnyOrderElementsOf(supplied);
        assertThat(registry.balance())
                .isEqualTo(new ResourceBalance(supplied.size(), supplied.size(), 0, 0, 0, 0));
    }

    @Test
    void close_afterwards_noThreadIsLeft() {
        ResourceRegistry threads = ResourceRegistry.builder("threadful").build();
        threads.acquire("r", Object::new, r -> {}).cleanup().join();
        threads.acquire("r", Object::new, r -> {});
        assertThat(platformThreads("threadful"))
                .containsExactlyInAnyOrder(
                        "patinox-threadful-leaks", "patinox-threadful-cleanup-watchdog");

        threads.close();

        assertThat(platformThreads("threadful")).isEmpty();
    }

    @Test
    void build_withoutUse_startsNoThread() {
        try (ResourceRegistry idle = ResourceRegistry.builder("idle").build()) {
            assertThat(platformThreads("idle")).isEmpty();
            assertThat(idle.balance()).isEqualTo(new ResourceBalance(0, 0, 0, 0, 0, 0));
        }
    }

    private static List<String> platformThreads(String registry) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("patinox-" + registry + "-"))
                .toList();
    }

    @Test
    void health_closed_isDown() {
        assertThat(registry.health()).isEqualTo(Health.up());
        registry.close();
        assertThat(registry.health().status()).isEqualTo(Health.Status.DOWN);
    }

    @Test
    void guard_abandonedByClose_tellsEverybodySo() {
        AsyncResourceGuard<Object> guard = registry.acquire("deaf", Object::new, gate::cleanDeaf);
        registry.close(Duration.ofMillis(50));

        assertThat(guard.cleanup()).isCompletedWithValue(CleanupOutcome.ABANDONED);
        assertThatThrownBy(guard::close).isInstanceOf(CleanupTimeoutException.class);
        gate.close();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> registry.metrics().counters().get("resource.cleanup.late") == 1L);
        assertThat(registry.balance()).isEqualTo(new ResourceBalance(1, 0, 0, 1, 0, 0));
    }
}
