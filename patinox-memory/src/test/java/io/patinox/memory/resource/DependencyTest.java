package io.patinox.memory.resource;

import static io.patinox.memory.resource.Waits.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.error.ResourceClosedException;
import io.patinox.memory.error.ResourceCycleException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Claim: what depends on a resource is cleaned up before it, whoever cleans up and whatever fails.
@Timeout(60)
class DependencyTest {
    private final List<String> cleaned = new CopyOnWriteArrayList<>();
    private final ResourceRegistry registry = ResourceRegistry.builder("dependencies").build();

    @AfterEach
    void theBooksBalance() {
        registry.close(SOON);
        assertThat(registry.balance().holds()).isTrue();
        assertThat(registry.balance().open()).isZero();
    }

    private AsyncResourceGuard<String> open(String name, AsyncResourceGuard<?>... on) {
        return open(name, cleaned::add, on);
    }

    private AsyncResourceGuard<String> open(
            String name, Cleanup<String> cleanup, AsyncResourceGuard<?>... on) {
        return registry.request("text", () -> name, cleanup).name(name).dependsOn(on).acquire();
    }

    /// Three that depend on each other, the last named by the first.
    private AsyncResourceGuard<String> chain() {
        AsyncResourceGuard<String> pool = open("pool");
        AsyncResourceGuard<String> connection = open("connection", pool);
        open("statement").dependsOn(connection);
        return pool;
    }

    private void assertInOrder() {
        await().dontCatchUncaughtExceptions()
                .atMost(SOON)
                .untilAsserted(() ->
                        assertThat(cleaned).containsExactly("statement", "connection", "pool"));
    }

    @Test
    void close_onTheCaller_cleansDependantsFirst() {
        chain().close();
        assertInOrder();
    }

    @Test
    void close_withADeadline_cleansDependantsFirst() {
        assertThat(chain().close(SOON)).isEqualTo(CleanupOutcome.CLEANED);
        assertInOrder();
    }

    @Test
    void cleanup_asked_cleansDependantsFirst() throws Exception {
        assertThat(Waits.get(chain().cleanup())).isEqualTo(CleanupOutcome.CLEANED);
        assertInOrder();
    }

    @Test
    void selectionCleanup_ofTheBase_cleansDependantsFirst() throws Exception {
        chain();
        assertThat(Waits.get(registry.select().matching(v -> v.name().equals("pool")).cleanup()))
                .containsExactly(Map.entry(CleanupOutcome.CLEANED, 1L));
        assertInOrder();
    }

    @Test
    void leak_ofAll_cleansDependantsFirst() {
        chain();
        await().dontCatchUncaughtExceptions()
                .atMost(SOON)
                .untilAsserted(() -> {
                    System.gc();
                    assertThat(cleaned).hasSize(3);
                });
        assertInOrder();
    }

    @Test
    void leak_dependantLives_itsDependencyIsNotLost() throws Exception {
        AsyncResourceGuard<String> statement = open("statement", chainOfTwo());
        try (var watch = LeakWatch.open()) {
            assertThat(watch.collect(Duration.ofSeconds(5))).isEmpty();
        }
        assertThat(registry.leaks()).isEmpty();
        assertThat(registry.balance().open()).isEqualTo(3);
        assertThat(statement.isOpen()).isTrue();
    }

    private AsyncResourceGuard<String> chainOfTwo() {
        return open("connection", open("pool"));
    }

    @Test
    void registryClose_prioritiesAgainstIt_cleansDependantsFirst() {
        AsyncResourceGuard<String> pool =
                registry.request("text", () -> "pool", cleaned::add)
                        .priority(CleanupPriority.CRITICAL)
                        .acquire();
        AsyncResourceGuard<String> connection =
                registry.request("text", () -> "connection", cleaned::add)
                        .dependsOn(pool)
                        .acquire();
        registry.request("text", () -> "statement", cleaned::add)
                .priority(CleanupPriority.LOW)
                .dependsOn(connection)
                .acquire();
        assertThat(registry.close(SOON).complete()).isTrue();
        assertInOrder();
    }

    @Test
    void chain_ofTenThousand_isCleanedInOrder() throws Exception {
        for (boolean here : List.of(true, false)) {
            cleaned.clear();
            List<Integer> order = new ArrayList<>();
            AsyncResourceGuard<Integer> first = registry.acquire("number", () -> 0, order::add);
            AsyncResourceGuard<Integer> last = first;
            for (int i = 1; i < 10_000; i++) {
                int number = i;
                last =
                        registry.<Integer>request("number", () -> number, order::add)
                                .dependsOn(last)
                                .acquire();
            }
            if (here) {
                first.close();
            } else {
                Waits.get(first.cleanup());
            }
            assertThat(last.isOpen()).isFalse();
            assertThat(order).hasSize(10_000).isSortedAccordingTo((a, b) -> b - a);
        }
    }

    @Test
    void dependants_tenThousandOfOne_areAllCleanedFirst() throws Exception {
        for (boolean here : List.of(true, false)) {
            AtomicInteger count = new AtomicInteger();
            AtomicInteger before = new AtomicInteger();
            AsyncResourceGuard<String> base =
                    registry.acquire("text", () -> "base", text -> before.set(count.get()));
            for (int i = 0; i < 10_000; i++) {
                registry.request("number", () -> 1, count::addAndGet).dependsOn(base).acquire();
            }
            if (here) {
                base.close();
            } else {
                Waits.get(base.cleanup());
            }
            assertThat(before).hasValue(10_000);
        }
    }

    @Test
    void dependsOn_cycle_isRefusedWithItsNames() {
        AsyncResourceGuard<String> a = open("a");
        AsyncResourceGuard<String> b = open("b", a);
        AsyncResourceGuard<String> c = open("c", b);
        assertThatThrownBy(() -> a.dependsOn(c))
                .isInstanceOfSatisfying(
                        ResourceCycleException.class,
                        e -> assertThat(e.cycle()).containsExactly("c", "b", "a", "c"));
        assertThatThrownBy(() -> a.dependsOn(a))
                .isInstanceOfSatisfying(
                        ResourceCycleException.class,
                        e -> assertThat(e.cycle()).containsExactly("a", "a"));
        AsyncResourceGuard<String> owned =
                registry.request("text", () -> "owned", cleaned::add)
                        .name("owned")
                        .ownedBy(a)
                        .acquire();
        assertThatThrownBy(() -> owned.dependsOn(a)).isInstanceOf(ResourceCycleException.class);
        assertThatThrownBy(() -> owned.dependsOn(c))
                .isInstanceOfSatisfying(
                        ResourceCycleException.class,
                        e -> assertThat(e.cycle()).containsExactly("c", "b", "a", "owned", "c"));
        a.dependsOn(owned);
        assertThatThrownBy(() ->
                        registry.request("text", () -> "late", cleaned::add)
                                .ownedBy(b)
                                .dependsOn(c)
                                .acquire())
                .isInstanceOf(ResourceCycleException.class);
        assertThat(cleaned).containsExactly("late");
        assertThat(List.of(a, b, c, owned)).allMatch(AsyncResourceGuard::isOpen);
    }

    @Test
    void dependant_thatFails_doesNotKeepWhatItDependsOn() {
        AsyncResourceGuard<String> pool = open("pool");
        AsyncResourceGuard<String> failing =
                open(
                        "failing",
                        text -> {
                            throw new IOException(text);
                        },
                        pool);
        pool.close();
        assertThat(cleaned).containsExactly("pool");
        assertThat(failing.cleanup()).isCompletedWithValue(CleanupOutcome.FAILED);
    }

    @Test
    void dependant_thatThrowsAnError_isThrownWithWhatFailsAfterIt() {
        AsyncResourceGuard<String> pool =
                open(
                        "pool",
                        text -> {
                            cleaned.add(text);
                            throw new IOException(text);
                        });
        Broken first = new Broken();
        List<AsyncResourceGuard<String>> held =
                List.of(
                        open(
                                "second",
                                text -> {
                                    throw new Broken();
                                },
                                pool),
                        open(
                                "first",
                                text -> {
                                    throw first;
                                },
                                pool));
        Throwable thrown = catchThrowable(pool::close);
        assertThat(thrown).isSameAs(first);
        assertThat(thrown.getSuppressed()).hasSize(2);
        assertThat(cleaned).containsExactly("pool");
        assertThat(held).noneMatch(AsyncResourceGuard::isOpen);
        assertThat(registry.balance().failed()).isEqualTo(3);
    }

    @Test
    void dependsOn_closed_isRefusedAndCleanedUp() {
        AsyncResourceGuard<String> pool = open("pool");
        pool.close();
        assertThatThrownBy(() -> open("late", pool)).isInstanceOf(ResourceClosedException.class);
        assertThat(cleaned).containsExactly("pool", "late");
        AsyncResourceGuard<String> closed = open("closed");
        closed.close();
        assertThatThrownBy(() -> closed.dependsOn(open("x")))
                .isInstanceOf(ResourceClosedException.class);
    }
}
