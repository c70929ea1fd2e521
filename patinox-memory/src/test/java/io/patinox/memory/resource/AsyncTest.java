package io.patinox.memory.resource;

import static io.patinox.memory.resource.Waits.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.error.CleanupFailedException;
import io.patinox.memory.error.RegistryClosedException;
import io.patinox.memory.error.ResourceAcquireException;
import io.patinox.memory.error.ResourceClosedException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Claim: what opens or closes asynchronously is owned as safely as what does so at once.
@Timeout(60)
class AsyncTest {
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final CompletableFuture<String> stage = new CompletableFuture<>();
    private final ResourceRegistry registry = ResourceRegistry.builder("async").build();

    private final Cleanup<String> asks =
            Cleanup.withExit((text, exit) -> told.add(text + " " + name(exit)));

    private static String name(Exit exit) {
        return exit.getClass().getSimpleName();
    }

    @AfterEach
    void theBooksBalance() {
        registry.close(SOON);
        assertThat(registry.balance().holds()).isTrue();
        assertThat(registry.balance().open()).isZero();
    }

    private CompletableFuture<AsyncResourceGuard<String>> begin() {
        return registry.acquireAsync("text", () -> stage, asks);
    }

    private @Nullable Throwable failureOf(Supplier<? extends CompletionStage<String>> supplier) {
        CompletableFuture<AsyncResourceGuard<String>> future =
                registry.acquireAsync("text", supplier, asks);
        return catchThrowable(() -> Waits.get(future)).getCause();
    }

    @Test
    void acquireAsync_stageCompletes_givesAGuard() throws Exception {
        var future = begin();
        assertThat(future).isNotDone();
        assertThat(registry.balance().acquired()).isZero();
        stage.complete("x");
        try (AsyncResourceGuard<String> guard = Waits.get(future)) {
            assertThat(guard.get()).isEqualTo("x");
            assertThat(guard.type()).isEqualTo("text");
            assertThat(registry.open()).hasSize(1);
        }
        assertThat(told).containsExactly("x Closed");
    }

    @Test
    void acquireAsync_nothingComes_failsWithATypedError() {
        IOException no = new IOException("no");
        assertThat(failureOf(() -> CompletableFuture.failedFuture(no)))
                .isInstanceOf(ResourceAcquireException.class)
                .hasCause(no);
        assertThat(
                        failureOf(() ->
                                CompletableFuture.supplyAsync(() -> {
                                    throw new IllegalStateException("later");
                                })))
                .isInstanceOf(ResourceAcquireException.class)
                .hasRootCauseMessage("later");
        assertThat(failureOf(() -> nothing()))
                .isInstanceOf(ResourceAcquireException.class)
                .hasMessageContaining("NullPointerException");
        assertThat(failureOf(() -> CompletableFuture.completedFuture(nothing())))
                .isInstanceOf(ResourceAcquireException.class);
        assertThat(
                        failureOf(() -> {
                            throw new IllegalStateException("at once");
                        }))
                .isInstanceOf(ResourceAcquireException.class)
                .hasRootCauseMessage("at once");
        LinkageError error = new LinkageError("broken");
        assertThat(failureOf(() -> CompletableFuture.failedFuture(error))).isSameAs(error);
        assertThat(registry.balance()).isEqualTo(new ResourceBalance(0, 0, 0, 0, 0, 0));
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T nothing() {
        return null;
    }

    @Test
    void acquireAsync_futureCancelled_cleansWhatComesLate() {
        var future = begin();
        assertThat(future.cancel(true)).isTrue();
        assertThat(stage).isNotCancelled();
        stage.complete("late");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(told).containsExactly("late Cancelled"));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(registry.balance().cleaned()).isEqualTo(1));
    }

    @Test
    void acquireAsync_registryClosedMeanwhile_cleansWhatComesLate() {
        var future = begin();
        registry.close(SOON);
        stage.complete("late");
        assertThat(catchThrowable(() -> Waits.get(future)))
                .hasCauseInstanceOf(RegistryClosedException.class);
        assertThat(told).containsExactly("late Shutdown");
        assertThat(registry.balance()).isEqualTo(new ResourceBalance(1, 1, 0, 0, 0, 0));
        assertThat(begin()).isCompletedExceptionally();
    }

    @Test
    void acquireAsync_registryClosedAndCleanupFails_tellsOfIt() {
        CompletableFuture<AsyncResourceGuard<String>> future =
                registry.acquireAsync(
                        "text",
                        () -> stage,
                        text -> {
                            throw new IOException("and this");
                        });
        registry.close(SOON);
        stage.complete("late");
        Throwable refusal = catchThrowable(() -> Waits.get(future)).getCause();
        assertThat(refusal).isInstanceOf(RegistryClosedException.class);
        assertThat(refusal.getSuppressed())
                .singleElement()
                .satisfies(failure -> assertThat(failure).hasMessage("and this"));
        assertThat(registry.balance().failed()).isEqualTo(1);
    }

    @Test
    void acquireAsync_inAScope_isOwnedByIt() throws Exception {
        ResourceScope scope = registry.scope("s");
        CompletableFuture<AsyncResourceGuard<String>> future =
                scope.acquireAsync("text", () -> stage, asks);
        CompletableFuture<String> second = new CompletableFuture<>();
        CompletableFuture<AsyncResourceGuard<String>> late =
                scope.acquireAsync("text", () -> second, asks);
        stage.complete("x");
        assertThat(Waits.get(future).isOpen()).isTrue();
        scope.close();
        second.complete("late");
        assertThat(catchThrowable(() -> Waits.get(late)))
                .hasCauseInstanceOf(ResourceClosedException.class);
        assertThat(told).containsExactly("x Closed", "late Closed");
    }

    @Test
    void acquireAsync_whatHangsOnTheFuture_runsOnAnotherThreadThanTheCompleter() throws Exception {
        CompletableFuture<Thread> ran = begin().thenApply(guard -> Thread.currentThread());
        stage.complete("x");
        assertThat(Waits.get(ran)).isNotEqualTo(Thread.currentThread());
    }

    @Test
    void cleanupAsync_stageCompletes_endsWithIt() throws Exception {
        CompletableFuture<String> cleanup = new CompletableFuture<>();
        CountDownLatch begun = new CountDownLatch(1);
        AsyncResourceGuard<String> guard =
                registry.acquire(
                        "text",
                        () -> "x",
                        Cleanup.<String>async(text -> {
                            begun.countDown();
                            return cleanup;
                        }));
        CompletableFuture<CleanupOutcome> outcome = guard.cleanup();
        Waits.open(begun);
        assertThat(outcome).isNotDone();
        cleanup.complete("done");
        assertThat(Waits.get(outcome)).isEqualTo(CleanupOutcome.CLEANED);
    }

    @Test
    void cleanupAsync_fails_isThrownAsItIs() {
        IOException full = new IOException("disk full");
        AsyncResourceGuard<String> failing =
                registry.acquire(
                        "text",
                        () -> "x",
                        Cleanup.<String>async(text -> CompletableFuture.failedFuture(full)));
        assertThatThrownBy(failing::close)
                .isInstanceOf(CleanupFailedException.class)
                .hasCause(full);
        LinkageError error = new LinkageError("broken");
        AsyncResourceGuard<String> broken =
                registry.acquire(
                        "text",
                        () -> "x",
                        Cleanup.<String>async(text -> CompletableFuture.failedFuture(error)));
        assertThat(catchThrowable(broken::close)).isSameAs(error);
        AsyncResourceGuard<String> nothing =
                registry.acquire("text", () -> "x", Cleanup.<String>async(text -> nothing()));
        assertThatThrownBy(nothing::close)
                .isInstanceOf(CleanupFailedException.class)
                .hasCauseInstanceOf(NullPointerException.class);
    }

    @Test
    void cleanupAsync_deadline_cancelsTheStage() throws Exception {
        CompletableFuture<String> never = new CompletableFuture<>();
        AsyncResourceGuard<String> guard =
                registry.acquire("text", () -> "x", Cleanup.<String>async(text -> never));
        assertThat(guard.close(Duration.ofMillis(300))).isEqualTo(CleanupOutcome.FAILED);
        assertThat(never).isCancelled();
    }

    @Test
    void cleanupAsync_deafToCancelling_isAbandoned() {
        CountDownLatch never = new CountDownLatch(1);
        AsyncResourceGuard<String> guard =
                registry.acquire(
                        "text",
                        () -> "x",
                        Cleanup.<String>async(text -> {
                            Waits.hang(never);
                            return CompletableFuture.completedFuture(text);
                        }));
        assertThat(guard.close(Duration.ofMillis(20))).isEqualTo(CleanupOutcome.ABANDONED);
        assertThat(registry.stuck()).hasSize(1);
        never.countDown();
        await().atMost(SOON).untilAsserted(() -> assertThat(registry.stuck()).isEmpty());
        assertThat(registry.metrics().counters()).containsEntry("resource.cleanup.late", 1L);
    }
}
