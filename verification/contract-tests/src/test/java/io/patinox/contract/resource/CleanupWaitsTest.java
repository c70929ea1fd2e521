package io.patinox.contract.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.error.CleanupTimeoutException;
import io.patinox.memory.error.ErrorCode;
import io.patinox.memory.error.IntegrationException;
import io.patinox.memory.error.RecoveryStrategy;
import io.patinox.memory.error.ResourceInterruptedException;
import io.patinox.memory.resource.AsyncResourceGuard;
import io.patinox.memory.resource.Cleanup;
import io.patinox.memory.resource.CleanupOutcome;
import io.patinox.memory.resource.ResourceRegistry;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Claim: whoever waits for a cleanup is woken, whatever the cleanups do to each other.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CleanupWaitsTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    private final List<String> cleaned = new CopyOnWriteArrayList<>();
    private final ResourceRegistry registry = ResourceRegistry.builder("waits").build();

    @AfterEach
    void theBooksBalance() {
        registry.close(SOON);
        assertThat(registry.balance().open()).isZero();
        assertThat(registry.balance().holds()).isTrue();
    }

    private AsyncResourceGuard<String> open(String name, Cleanup<? super String> cleanup) {
        return registry.acquire("text", () -> name, cleanup);
    }

    @Test
    void close_dependantClosesWhatItDependsOn_ends() {
        AsyncResourceGuard<String> connection = open("connection", cleaned::add);
        AsyncResourceGuard<String> statement =
                open(
                        "statement",
                        name -> {
                            connection.close();
                            cleaned.add(name);
                        });
        statement.dependsOn(connection);
        connection.close();
        assertThat(cleaned).containsExactly("statement", "connection");
    }

    @Test
    void cleanup_dependantClosesWhatItDependsOn_ends() throws Exception {
        AsyncResourceGuard<String> connection = open("connection", cleaned::add);
        AsyncResourceGuard<String> statement =
                open(
                        "statement",
                        name -> {
                            connection.close();
                            cleaned.add(name);
                        });
        statement.dependsOn(connection);
        assertThat(connection.cleanup().get(20, TimeUnit.SECONDS))
                .isEqualTo(CleanupOutcome.CLEANED);
        statement.close();
        assertThat(cleaned).containsExactlyInAnyOrder("statement", "connection");
    }

    @Test
    void close_twoCleanupsThatCloseEachOther_bothEnd() throws Exception {
        CyclicBarrier bothInside = new CyclicBarrier(2);
        AtomicReference<AsyncResourceGuard<String>> first = new AtomicReference<>();
        AtomicReference<AsyncResourceGuard<String>> second = new AtomicReference<>();
        first.set(
                open(
                        "first",
                        name -> {
                            bothInside.await(20, TimeUnit.SECONDS);
                            second.get().close();
                            cleaned.add(name);
                        }));
        second.set(
                open(
                        "second",
                        name -> {
                            bothInside.await(20, TimeUnit.SECONDS);
                            first.get().close();
                            cleaned.add(name);
                        }));
        CompletableFuture<Void> elsewhere = CompletableFuture.runAsync(second.get()::close);
        first.get().close();
        elsewhere.get(20, TimeUnit.SECONDS);
        assertThat(cleaned).containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void close_dependantUnderWayElsewhereClosesWhatItDependsOn_bothEnd() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AsyncResourceGuard<String> connection = open("connection", cleaned::add);
        AsyncResourceGuard<String> statement =
                open(
                        "statement",
                        name -> {
                            inside.countDown();
                            goOn.await();
                            connection.close();
                            cleaned.add(name);
                        });
        statement.dependsOn(connection);
        CompletableFuture<Void> elsewhere = CompletableFuture.runAsync(statement::close);
        inside.await();
        Thread closer = Thread.ofPlatform().start(connection::close);
        while (closer.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        goOn.countDown();
        elsewhere.get(20, TimeUnit.SECONDS);
        closer.join();
        assertThat(cleaned).containsExactlyInAnyOrder("statement", "connection");
    }

    @Test
    void close_interruptedWhileADependantIsRetried_keepsTheOrder() throws Exception {
        CountDownLatch failedOnce = new CountDownLatch(1);
        AsyncResourceGuard<String> connection = open("connection", cleaned::add);
        AtomicInteger attempts = new AtomicInteger();
        AsyncResourceGuard<String> statement =
                registry.<String>request(
                                "text",
                                () -> "statement",
                                name -> {
                                    if (attempts.incrementAndGet() < 4) {
                                        failedOnce.countDown();
                                        throw new IOException("not yet");
                                    }
                                    cleaned.add(name);
                                })
                        .idempotent()
                        .dependsOn(connection)
                        .acquire();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread closer =
                Thread.ofPlatform()
                        .start(() -> {
                            try {
                                connection.close();
                            } catch (ResourceInterruptedException e) {
                                thrown.set(e);
                            }
                        });
        failedOnce.await();
        closer.interrupt();
        closer.join();
        assertThat(connection.cleanup().get(20, TimeUnit.SECONDS))
                .isEqualTo(CleanupOutcome.CLEANED);
        assertThat(cleaned).containsExactly("statement", "connection");
        assertThat(statement.isOpen()).isFalse();
    }

    @Test
    void registryClose_duringTheBackOffOfARetry_wakesWhoWaits() throws Exception {
        CountDownLatch failed = new CountDownLatch(1);
        ResourceRegistry closing = ResourceRegistry.builder("backoff").cleanupRetries(100).build();
        AsyncResourceGuard<String> guard =
                closing.<String>request(
                                "text",
                                () -> "never",
                                name -> {
                                    failed.countDown();
                                    throw new IOException("never");
                                })
                        .idempotent()
                        .acquire();
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(guard::close);
        failed.await();
        closing.close(Duration.ofMillis(600));
        assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(CleanupTimeoutException.class);
        assertThat(closing.balance().holds()).isTrue();
        assertThat(closing.balance().open()).isZero();
        assertThat(guard.cleanup().get(1, TimeUnit.SECONDS)).isEqualTo(CleanupOutcome.ABANDONED);
    }

    @Test
    void registryClose_cleanupFailsAtTheLastMoment_wakesWhoWaits() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch fail = new CountDownLatch(1);
        ResourceRegistry closing = ResourceRegistry.builder("late").cleanupRetries(100).build();
        AsyncResourceGuard<String> guard =
                closing.<String>request(
                                "text",
                                () -> "late",
                                name -> {
                                    inside.countDown();
                                    fail.await();
                                    throw new IOException("late");
                                })
                        .idempotent()
                        .acquire();
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(guard::close);
        inside.await();
        closing.close(Duration.ofMillis(100));
        fail.countDown();
        assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS)).isNotNull();
        assertThat(waiting).isDone();
        assertThat(closing.balance().holds()).isTrue();
        assertThat(closing.balance().open()).isZero();
    }

    @Test
    void cleanup_failureWhoseCauseCannotBeRead_fails() throws Exception {
        AsyncResourceGuard<String> guard =
                registry.<String>request(
                                "text",
                                () -> "unreadable",
                                name -> {
                                    throw new UnreadableException();
                                })
                        .idempotent()
                        .acquire();
        assertThat(guard.cleanup().get(10, TimeUnit.SECONDS)).isEqualTo(CleanupOutcome.FAILED);
    }

    @Test
    void cleanup_failedByAnInterrupt_isNotRetried() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        AsyncResourceGuard<String> guard =
                registry.<String>request(
                                "text",
                                () -> "channel",
                                name -> {
                                    attempts.incrementAndGet();
                                    throw new ClosedByInterruptException();
                                })
                        .idempotent()
                        .acquire();
        assertThat(guard.cleanup().get(10, TimeUnit.SECONDS)).isEqualTo(CleanupOutcome.FAILED);
        assertThat(attempts).hasValue(1);
    }

    @Test
    void registryClose_interruptedCleanupAsksForALongPause_wakesWhoWaits() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        ResourceRegistry closing = ResourceRegistry.builder("pause").build();
        AsyncResourceGuard<String> guard =
                closing.acquire(
                        "text",
                        () -> "later",
                        name -> {
                            inside.countDown();
                            try {
                                new CountDownLatch(1).await();
                            } catch (InterruptedException e) {
                                throw new LaterException();
                            }
                        });
        CompletableFuture<CleanupOutcome> outcome = guard.cleanup();
        inside.await();
        assertThat(closing.close(Duration.ofMillis(500)).unclean()).hasSize(1);
        assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo(CleanupOutcome.FAILED);
        assertThat(closing.balance().open()).isZero();
        assertThat(closing.balance().holds()).isTrue();
    }

    /// Asks for another attempt when the registry has long been closed.
    private static final class LaterException extends IntegrationException {
        private static final long serialVersionUID = 1L;

        LaterException() {
            super(Later.LATER, "not now", null);
        }

        /// Its code.
        private enum Later implements ErrorCode {
            LATER;

            @Override
            public String id() {
                return "TEST-LATER";
            }

            @Override
            public String summary() {
                return "it is too early";
            }

            @Override
            public String remedy() {
                return "try again later";
            }

            @Override
            public RecoveryStrategy strategy() {
                return new RecoveryStrategy.Retry(Duration.ofHours(1), 3, false);
            }

            @Override
            public boolean wrapper() {
                return false;
            }
        }
    }

    /// Its cause cannot be read.
    private static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        @Override
        public synchronized Throwable getCause() {
            throw new IllegalStateException("no cause for you");
        }
    }
}
