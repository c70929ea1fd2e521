package io.patinox.contract.resource;

import static io.patinox.contract.resource.Waits.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.patinox.memory.error.ResourceClosedException;
import io.patinox.memory.error.ResourceInterruptedException;
import io.patinox.memory.resource.AsyncResourceGuard;
import io.patinox.memory.resource.Cleanup;
import io.patinox.memory.resource.CleanupOutcome;
import io.patinox.memory.resource.ResourceRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Claim: what depends on a resource is cleaned up before it, also when several clean up at once.
@Timeout(60)
class DependencyRaceTest {
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

    @Test
    void dependant_thatHangs_isAbandonedBefore() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        AsyncResourceGuard<String> pool = open("pool");
        AsyncResourceGuard<String> stuck =
                registry.request("text", () -> "stuck", text -> Waits.hang(never))
                        .deadline(Duration.ofMillis(10))
                        .dependsOn(pool)
                        .acquire();
        assertThat(Waits.get(pool.cleanup())).isEqualTo(CleanupOutcome.CLEANED);
        assertThat(stuck.cleanup()).isCompletedWithValue(CleanupOutcome.ABANDONED);
        never.countDown();
    }

    @Test
    void dependant_beingCleanedElsewhere_isWaitedFor() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AsyncResourceGuard<String> pool = open("pool");
        AsyncResourceGuard<String> slow =
                open(
                        "slow",
                        text -> {
                            inside.countDown();
                            Waits.hang(go);
                            cleaned.add(text);
                        },
                        pool);
        Thread elsewhere = Thread.ofPlatform().start(slow::close);
        Waits.open(inside);
        Thread closer = Thread.ofPlatform().start(pool::close);
        Waits.parked(closer);
        assertThat(cleaned).isEmpty();
        go.countDown();
        Waits.end(elsewhere);
        Waits.end(closer);
        assertThat(cleaned).containsExactly("slow", "pool");
    }

    @Test
    void dependant_closingWhatItDependsOn_doesNotDeadlock() throws Exception {
        AtomicReference<AsyncResourceGuard<String>> pool = new AtomicReference<>();
        for (boolean here : List.of(true, false)) {
            cleaned.clear();
            pool.set(open("pool"));
            AsyncResourceGuard<String> selfish =
                    open(
                            "selfish",
                            text -> {
                                pool.get().close();
                                cleaned.add(text);
                            },
                            pool.get());
            if (here) {
                selfish.close();
            } else {
                Waits.get(pool.get().cleanup());
                Waits.get(selfish.cleanup());
            }
            assertThat(cleaned).containsExactly("pool", "selfish");
        }
    }

    @Test
    void close_interruptedWhileADependantIsRetried_leavesTheOrderToTheRegistry() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        CountDownLatch failed = new CountDownLatch(1);
        AsyncResourceGuard<String> pool = open("pool");
        registry.request(
                        "text",
                        () -> "flaky",
                        (String text) -> {
                            if (attempts.incrementAndGet() < 3) {
                                failed.countDown();
                                throw new IOException(text);
                            }
                            cleaned.add(text);
                        })
                .idempotent()
                .dependsOn(pool)
                .acquire();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread closer = Thread.ofPlatform().start(() -> thrown.set(catchThrowable(pool::close)));
        Waits.open(failed);
        closer.interrupt();
        Waits.end(closer);
        Waits.get(pool.cleanup());
        assertThat(cleaned).containsExactly("flaky", "pool");
        if (thrown.get() != null) {
            assertThat(thrown.get()).isInstanceOf(ResourceInterruptedException.class);
        }
    }

    @Test
    void dependsOn_racingWithCloseWithinADeadline_isRefusedOrHolds() throws Exception {
        for (int round = 0; round < 500; round++) {
            cleaned.clear();
            AsyncResourceGuard<String> base = open("base");
            AsyncResourceGuard<String> dependant = open("dependant");
            CountDownLatch go = new CountDownLatch(1);
            Thread closer =
                    Thread.ofPlatform()
                            .start(() -> {
                                Waits.hang(go);
                                base.close(SOON);
                            });
            go.countDown();
            Throwable refused = catchThrowable(() -> dependant.dependsOn(base));
            Waits.end(closer);
            if (refused == null) {
                assertThat(cleaned).as("round %d", round).containsExactly("dependant", "base");
            } else {
                assertThat(refused).isInstanceOf(ResourceClosedException.class);
                assertThat(dependant.isOpen()).isTrue();
                dependant.close();
            }
        }
    }
}
