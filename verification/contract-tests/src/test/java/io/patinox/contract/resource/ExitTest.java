package io.patinox.contract.resource;

import static io.patinox.contract.resource.Waits.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.error.RegistryClosedException;
import io.patinox.memory.resource.AsyncResourceGuard;
import io.patinox.memory.resource.Cleanup;
import io.patinox.memory.resource.Exit;
import io.patinox.memory.resource.ResourceRegistry;
import io.patinox.memory.resource.ResourceType;
import io.patinox.memory.resource.WhenFull;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Claim: a cleanup that asks is told why it runs.
@Timeout(60)
class ExitTest {
    private final List<Exit> exits = new CopyOnWriteArrayList<>();
    private final Cleanup<String> asks = Cleanup.withExit((text, exit) -> exits.add(exit));
    private final ResourceRegistry registry =
            ResourceRegistry.builder("exits")
                    .type(ResourceType.named("one").maxOpen(1).whenFull(WhenFull.EVICT_OLDEST))
                    .build();

    @AfterEach
    void end() {
        registry.close(SOON);
        assertThat(registry.balance().holds()).isTrue();
    }

    private AsyncResourceGuard<String> open(String type) {
        return registry.acquire(type, () -> "x", asks);
    }

    @Test
    void close_guard_isClosed() throws Exception {
        open("text").close();
        open("text").close(SOON);
        Waits.get(open("text").cleanup());
        assertThat(exits).containsExactly(Exit.CLOSED, Exit.CLOSED, Exit.CLOSED);
    }

    @Test
    void closeAfter_failure_isFailed() {
        IOException failure = new IOException("work");
        AsyncResourceGuard<String> guard = open("text");
        guard.closeAfter(failure);
        guard.closeAfter(new IOException("too late"));
        assertThat(exits).containsExactly(new Exit.Failed(failure));
        assertThatThrownBy(() -> guard.closeAfter(nothing()))
                .isInstanceOf(InvalidOptionException.class);
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T nothing() {
        return null;
    }

    @Test
    void exit_lostGuard_isLeaked() {
        lose();
        await().atMost(SOON)
                .untilAsserted(() -> {
                    System.gc();
                    assertThat(exits).containsExactly(Exit.LEAKED);
                });
    }

    private void lose() {
        assertThat(open("text").isOpen()).isTrue();
    }

    @Test
    void exit_registryCloses_isShutdown() {
        AsyncResourceGuard<String> held = open("text");
        registry.close(SOON);
        assertThat(held.isOpen()).isFalse();
        assertThat(exits).containsExactly(Exit.SHUTDOWN);
    }

    @Test
    void eviction_byLimitOrSelection_isEvicted() throws Exception {
        AsyncResourceGuard<String> old = open("one");
        AsyncResourceGuard<String> held = open("one");
        assertThat(exits).containsExactly(Exit.EVICTED);
        Waits.get(registry.select().type("one").cleanup());
        assertThat(exits).containsExactly(Exit.EVICTED, Exit.EVICTED);
        assertThat(old.isOpen() || held.isOpen()).isFalse();
    }

    @Test
    void exit_cancelledAcquisition_isCancelled() {
        CompletableFuture<String> stage = new CompletableFuture<>();
        registry.acquireAsync("text", () -> stage, asks).cancel(true);
        stage.complete("x");
        await().atMost(SOON).untilAsserted(() -> assertThat(exits).contains(Exit.CANCELLED));
    }

    @Test
    void exit_refusedAtShutdown_isShutdown() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread late =
                Thread.ofPlatform()
                        .start(() ->
                                thrown.set(
                                        catchThrowable(() ->
                                                registry.acquire(
                                                        "text",
                                                        () -> {
                                                            inside.countDown();
                                                            Waits.open(go);
                                                            Thread.currentThread().interrupt();
                                                            return "x";
                                                        },
                                                        Cleanup.<String>withExit((text, exit) -> {
                                                            exits.add(exit);
                                                            failIfInterrupted();
                                                        })))));
        Waits.open(inside);
        registry.close(SOON);
        go.countDown();
        Waits.end(late);
        assertThat(thrown.get()).isInstanceOf(RegistryClosedException.class);
        assertThat(thrown.get().getSuppressed()).isEmpty();
        assertThat(exits).containsExactly(Exit.SHUTDOWN);
        assertThat(registry.balance().cleaned()).isEqualTo(1);
    }

    @Test
    void dependant_ofOneThatFails_isClosed() {
        AsyncResourceGuard<String> base = open("text");
        registry.request("text", () -> "y", asks).dependsOn(base).acquire();
        IOException failure = new IOException("work");
        base.closeAfter(failure);
        assertThat(exits).containsExactly(Exit.CLOSED, new Exit.Failed(failure));
    }

    @Test
    void exit_retried_isToldTheSame() {
        IOException failure = new IOException("work");
        Cleanup<String> twice =
                Cleanup.withExit((text, exit) -> {
                    exits.add(exit);
                    if (exits.size() == 1) {
                        throw new IOException("not yet");
                    }
                });
        registry.request("text", () -> "x", twice).idempotent().acquire().closeAfter(failure);
        assertThat(exits).containsExactly(new Exit.Failed(failure), new Exit.Failed(failure));
    }

    private static void failIfInterrupted() throws InterruptedException {
        assertThat(new CountDownLatch(0).await(1, TimeUnit.MILLISECONDS)).isTrue();
    }
}
