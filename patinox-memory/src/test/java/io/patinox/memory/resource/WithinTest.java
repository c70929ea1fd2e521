package io.patinox.memory.resource;

import static io.patinox.memory.resource.Waits.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.patinox.memory.error.CleanupFailedException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Claim: work within a scope leaves nothing behind, and cleanups are told how it went.
@Timeout(60)
class WithinTest {
    private final List<Exit> exits = new CopyOnWriteArrayList<>();
    private final ResourceRegistry registry = ResourceRegistry.builder("scopes").build();

    @AfterEach
    void theBooksBalance() {
        assertThat(registry.close(SOON).complete() || registry.balance().failed() > 0).isTrue();
        assertThat(registry.balance().holds()).isTrue();
        assertThat(registry.balance().open()).isZero();
    }

    private static Cleanup<String> failing() {
        return text -> {
            throw new IOException(text);
        };
    }

    @Test
    void within_outcomes_areToldToTheCleanup() throws Exception {
        Cleanup<String> asks = Cleanup.withExit((text, exit) -> exits.add(exit));
        assertThat(
                        registry.<Integer, RuntimeException>within(
                                "w", s -> s.acquire("text", () -> "abc", asks).get().length()))
                .isEqualTo(3);
        IOException failure = new IOException("work");
        Throwable thrown =
                catchThrowable(() ->
                        registry.within(
                                "w",
                                s -> {
                                    s.acquire("text", () -> "x", asks);
                                    s.scope("nested").acquire("text", () -> "y", asks);
                                    s.acquire("text", () -> "z", failing());
                                    throw failure;
                                }));
        assertThat(thrown).isSameAs(failure);
        assertThat(thrown.getSuppressed())
                .singleElement()
                .isInstanceOf(CleanupFailedException.class);
        assertThat(exits)
                .containsExactly(Exit.CLOSED, new Exit.Failed(failure), new Exit.Failed(failure));
    }

    @Test
    void within_cleanupThrowsWhatTheWorkThrew_isThrown() {
        Broken broken = new Broken();
        Cleanup<String> rethrows =
                Cleanup.withExit((text, exit) -> {
                    throw broken;
                });
        assertThat(
                        catchThrowable(() ->
                                registry.within(
                                        "w",
                                        s -> {
                                            s.acquire("text", () -> "x", rethrows);
                                            throw broken;
                                        })))
                .isSameAs(broken);
    }

    @Test
    void withinAsync_outcomes_areToldToTheCleanup() throws Exception {
        Cleanup<String> asks = Cleanup.withExit((text, exit) -> exits.add(exit));
        CompletableFuture<Integer> stage = new CompletableFuture<>();
        CompletableFuture<Integer> good =
                registry.withinAsync(
                        "w",
                        s -> {
                            s.acquire("text", () -> "x", asks);
                            return stage;
                        });
        assertThat(registry.open()).hasSize(1);
        stage.complete(7);
        assertThat(Waits.get(good)).isEqualTo(7);
        IOException failure = new IOException("work");
        var bad =
                registry.<Integer>withinAsync(
                        "w",
                        s -> {
                            s.acquire("text", () -> "x", asks);
                            s.acquire("text", () -> "z", failing());
                            return CompletableFuture.failedFuture(failure);
                        });
        Throwable thrown = catchThrowable(() -> Waits.get(bad));
        assertThat(thrown).isInstanceOf(ExecutionException.class).hasCause(failure);
        assertThat(failure.getSuppressed()).hasSize(1);
        assertThat(exits).containsExactly(Exit.CLOSED, new Exit.Failed(failure));
        var unclean =
                registry.withinAsync(
                        "w",
                        s -> {
                            s.acquire("text", () -> "z", failing());
                            return CompletableFuture.completedFuture(1);
                        });
        assertThat(catchThrowable(() -> Waits.get(unclean)))
                .hasCauseInstanceOf(CleanupFailedException.class);
    }
}
