package io.patinox.memory.resource;

import static io.patinox.memory.resource.Waits.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.error.CleanupFailedException;
import io.patinox.memory.error.ResourceClosedException;
import io.patinox.memory.error.ResourceCycleException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Claim: a scope cleans up all it owns, the newest first, whatever fails and whoever closes.
@Timeout(60)
class ScopeTest {
    private final List<String> cleaned = new CopyOnWriteArrayList<>();
    private final ResourceRegistry registry = ResourceRegistry.builder("scopes").build();

    @AfterEach
    void theBooksBalance() {
        assertThat(registry.close(SOON).complete() || registry.balance().failed() > 0).isTrue();
        assertThat(registry.balance().holds()).isTrue();
        assertThat(registry.balance().open()).isZero();
    }

    private AsyncResourceGuard<String> open(ResourceScope scope, String name) {
        return scope.request("text", () -> name, cleaned::add).name(name).acquire();
    }

    private static Cleanup<String> failing() {
        return text -> {
            throw new IOException(text);
        };
    }

    @Test
    void close_members_newestFirst() {
        try (ResourceScope scope = registry.scope("s")) {
            open(scope, "a");
            open(scope, "b");
            open(scope, "c");
            assertThat(scope.size()).isEqualTo(3);
            assertThat(scope.name()).isEqualTo("s");
        }
        assertThat(cleaned).containsExactly("c", "b", "a");
    }

    @Test
    void close_failingMembers_theRestIsCleanedAndFailuresAreSuppressedInOrder() {
        ResourceScope scope = registry.scope("s");
        open(scope, "a");
        scope.acquire("text", () -> "second", failing());
        open(scope, "b");
        scope.acquire("text", () -> "first", failing());
        Throwable thrown = catchThrowable(scope::close);
        assertThat(thrown).isInstanceOf(CleanupFailedException.class).hasRootCauseMessage("first");
        assertThat(thrown.getSuppressed())
                .singleElement()
                .satisfies(second -> assertThat(second).hasRootCauseMessage("second"));
        assertThat(cleaned).containsExactly("b", "a");
    }

    @Test
    void close_anError_goesFirst() {
        for (boolean parallel : List.of(false, true)) {
            ResourceScope scope = parallel ? registry.parallelScope("p") : registry.scope("s");
            Error broken = new Broken();
            scope.acquire(
                    "text",
                    () -> "x",
                    x -> {
                        throw broken;
                    });
            scope.acquire("text", () -> "first", failing());
            Throwable thrown = catchThrowable(scope::close);
            assertThat(thrown).as("parallel %s", parallel).isSameAs(broken);
            assertThat(thrown.getSuppressed()).hasSize(1);
        }
    }

    @Test
    void close_nestedScopes_closeWhereTheyStand() {
        ResourceScope outer = registry.scope("outer");
        open(outer, "a");
        ResourceScope inner = outer.scope("inner");
        open(outer, "d");
        open(inner, "b");
        open(inner, "c");
        outer.close();
        assertThat(cleaned).containsExactly("d", "c", "b", "a");
        assertThat(inner.isOpen()).isFalse();
    }

    @Test
    void moveTo_guardsAndScopes_changeTheirOwner() {
        ResourceScope from = registry.scope("from");
        ResourceScope to = registry.scope("to");
        AsyncResourceGuard<String> guard = open(from, "moved");
        ResourceScope nested = from.scope("nested");
        open(nested, "inner");
        open(from, "stays");
        guard.moveTo(to);
        nested.moveTo(to);
        from.close();
        assertThat(cleaned).containsExactly("stays");
        assertThat(to.size()).isEqualTo(2);
        to.close();
        assertThat(cleaned).containsExactly("stays", "inner", "moved");
        AsyncResourceGuard<String> free = registry.acquire("text", () -> "free", cleaned::add);
        ResourceScope late = registry.scope("late");
        late.add(free);
        late.close();
        assertThat(cleaned).endsWith("free");
    }

    @Test
    void moveTo_cycleOrClosed_isRefused() {
        ResourceScope outer = registry.scope("outer");
        ResourceScope middle = outer.scope("middle");
        ResourceScope inner = middle.parallel("inner");
        assertThatThrownBy(() -> outer.moveTo(inner))
                .isInstanceOfSatisfying(
                        ResourceCycleException.class,
                        e ->
                                assertThat(e.cycle())
                                        .containsExactly("inner", "middle", "outer", "inner"));
        assertThatThrownBy(() -> outer.moveTo(outer)).isInstanceOf(ResourceCycleException.class);
        AsyncResourceGuard<String> guard = registry.acquire("text", () -> "g", cleaned::add);
        outer.close();
        ResourceScope other = registry.scope("other");
        assertThatThrownBy(() -> other.moveTo(outer)).isInstanceOf(ResourceClosedException.class);
        assertThatThrownBy(() -> outer.moveTo(other)).isInstanceOf(ResourceClosedException.class);
        assertThatThrownBy(() -> guard.moveTo(outer)).isInstanceOf(ResourceClosedException.class);
        guard.close();
        assertThatThrownBy(() -> guard.moveTo(other)).isInstanceOf(ResourceClosedException.class);
        assertThat(other.size()).isZero();
    }

    @Test
    void moveTo_eachOtherAtOnce_oneIsRefused() throws Exception {
        for (int round = 0; round < 300; round++) {
            ResourceScope a = registry.scope("a");
            ResourceScope b = registry.scope("b");
            CompletableFuture<Void> first = CompletableFuture.runAsync(() -> a.moveTo(b));
            Throwable second = catchThrowable(() -> b.moveTo(a));
            Throwable thrown = first.handle((v, failure) -> failure).get();
            assertThat((thrown == null) != (second == null)).as("round %d", round).isTrue();
            a.close();
            b.close();
        }
    }

    @Test
    void parallel_members_areCleanedSideBySide() {
        CountDownLatch both = new CountDownLatch(2);
        ResourceScope scope = registry.parallelScope("p");
        for (int i = 0; i < 2; i++) {
            scope.acquire(
                    "text",
                    () -> "x",
                    x -> {
                        both.countDown();
                        Waits.open(both);
                        cleaned.add(x);
                    });
        }
        scope.close();
        assertThat(cleaned).containsExactly("x", "x");
    }

    @Test
    void parallel_memberFailsBeforeItsTurn_isNotForgotten() {
        ResourceScope scope = registry.parallelScope("p");
        scope.acquire("text", () -> "quick", failing());
        scope.acquire(
                "text",
                () -> "slow",
                x -> await().dontCatchUncaughtExceptions().until(() -> scope.size() == 1));
        assertThatThrownBy(scope::close).hasRootCauseMessage("quick");
    }

    @Test
    void close_memberFailsBeforeWhatItDependedOn_isNotForgotten() {
        ResourceScope scope = registry.scope("s");
        AsyncResourceGuard<String> dependant = scope.acquire("text", () -> "first", failing());
        dependant.dependsOn(open(scope, "base"));
        assertThatThrownBy(scope::close).hasRootCauseMessage("first");
        assertThat(cleaned).containsExactly("base");
    }

    @Test
    void close_withinABudget_reports() {
        CountDownLatch never = new CountDownLatch(1);
        ResourceScope scope = registry.scope("s");
        open(scope, "a");
        ResourceScope nested = scope.scope("nested");
        nested.request("text", () -> "x", x -> Waits.hang(never)).name("stuck").acquire();
        ResourceScope.Report report = scope.close(Duration.ofMillis(50));
        assertThat(report.members()).isEqualTo(2);
        assertThat(report.complete()).isFalse();
        assertThat(report.unclean())
                .first()
                .satisfies(u -> {
                    assertThat(u.resource()).isEqualTo("stuck");
                    assertThat(u.reason()).contains("still runs");
                });
        assertThat(report.elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(50));
        never.countDown();
        await().dontCatchUncaughtExceptions()
                .atMost(SOON)
                .untilAsserted(() -> assertThat(registry.open()).isEmpty());
    }

    @Test
    void acquire_scopeClosedMeanwhile_isRefusedAndCleanedUp() {
        ResourceScope scope = registry.scope("s");
        assertThatThrownBy(() ->
                        scope.acquire(
                                "text",
                                () -> {
                                    scope.close();
                                    return "late";
                                },
                                cleaned::add))
                .isInstanceOf(ResourceClosedException.class);
        assertThat(cleaned).containsExactly("late");
        assertThatThrownBy(() -> scope.scope("x")).isInstanceOf(ResourceClosedException.class);
        assertThat(registry.balance().cleaned()).isEqualTo(1);
    }

    @Test
    void close_onAnotherThreadThanAcquired_works() throws Exception {
        ResourceScope scope = registry.scope("s");
        Thread other = Thread.ofVirtual().start(() -> open(scope, "there"));
        Waits.end(other);
        CompletableFuture<Void> chain =
                CompletableFuture.supplyAsync(() -> open(scope, "future"))
                        .thenAcceptAsync(guard -> open(scope, guard.get() + "'s"))
                        .thenRunAsync(scope::close);
        Waits.get(chain);
        assertThat(cleaned).containsExactly("future's", "future", "there");
    }

    @Test
    void member_closedEarlyOrDetached_leaves() {
        ResourceScope scope = registry.scope("s");
        open(scope, "a").close();
        assertThat(open(scope, "b").detach()).isEqualTo("b");
        try (ResourceScope nested = scope.scope("nested")) {
            assertThat(nested.isOpen()).isTrue();
        }
        assertThat(scope.size()).isZero();
        scope.close();
        assertThat(cleaned).containsExactly("a");
    }

    @Test
    void scope_lost_isFoundByTheLeaksOfItsMembers() {
        loseAScope();
        await().dontCatchUncaughtExceptions()
                .atMost(SOON)
                .untilAsserted(() -> {
                    System.gc();
                    assertThat(cleaned).containsExactlyInAnyOrder("a", "b");
                });
        assertThat(registry.leaks()).hasSize(2);
    }

    private void loseAScope() {
        ResourceScope lost = registry.scope("lost");
        open(lost, "a");
        open(lost.scope("nested"), "b");
    }
}
