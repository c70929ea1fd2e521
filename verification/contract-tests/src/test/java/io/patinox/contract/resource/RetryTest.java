package io.patinox.contract.resource;

import static io.patinox.contract.resource.Waits.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.patinox.memory.error.CleanupFailedException;
import io.patinox.memory.error.ErrorCode;
import io.patinox.memory.error.IntegrationException;
import io.patinox.memory.error.RecoveryStrategy;
import io.patinox.memory.monitor.MonitorEvent.CleanupFailed;
import io.patinox.memory.resource.AsyncResourceGuard;
import io.patinox.memory.resource.CleanupOutcome;
import io.patinox.memory.resource.ResourceRegistry;
import io.patinox.memory.resource.ResourceRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Claim: a failed cleanup is tried again when that is safe, as often as allowed, and not else.
@Timeout(60)
class RetryTest {
    private static final Duration SHORT = Duration.ofMillis(1);

    private final AtomicInteger attempts = new AtomicInteger();
    private final EventLog log = new EventLog();
    private final ResourceRegistry registry =
            ResourceRegistry.builder("retries").monitor(log).cleanupRetries(3).build();

    @AfterEach
    void theBooksBalance() {
        registry.close(SOON);
        assertThat(registry.balance().holds()).isTrue();
        assertThat(registry.balance().open()).isZero();
    }

    /// One whose first cleanups fail.
    private ResourceRequest<String> failing(int times, Throwable failure) {
        return registry.request(
                "text",
                () -> "x",
                text -> {
                    if (attempts.incrementAndGet() <= times) {
                        if (failure instanceof Error error) {
                            throw error;
                        }
                        throw (Exception) failure;
                    }
                });
    }

    private static Throwable saying(RecoveryStrategy strategy) {
        return new Temporary(strategy);
    }

    private void assertOutcome(ResourceRequest<String> request, CleanupOutcome outcome, int tries)
            throws Exception {
        attempts.set(0);
        assertThat(Waits.get(request.acquire().cleanup())).isEqualTo(outcome);
        assertThat(attempts).hasValue(tries);
    }

    @Test
    void failure_thatSaysRetry_isTriedAgain() throws Exception {
        var retry = new RecoveryStrategy.Retry(SHORT, 10, false);
        assertOutcome(failing(2, saying(retry)), CleanupOutcome.CLEANED, 3);
        assertOutcome(failing(9, saying(retry)), CleanupOutcome.FAILED, 4);
        var once = new RecoveryStrategy.Retry(SHORT, 1, false);
        assertOutcome(failing(9, saying(once)), CleanupOutcome.FAILED, 2);
        var ifSafe = new RecoveryStrategy.Retry(SHORT, 10, true);
        assertOutcome(failing(1, saying(ifSafe)), CleanupOutcome.FAILED, 1);
        assertOutcome(failing(1, saying(ifSafe)).idempotent(), CleanupOutcome.CLEANED, 2);
    }

    @Test
    void failure_ofAnIdempotentCleanup_isTriedAgainUnlessItForbidsThat() throws Exception {
        IOException plain = new IOException("plain");
        assertOutcome(failing(1, plain), CleanupOutcome.FAILED, 1);
        assertOutcome(failing(2, plain).idempotent(), CleanupOutcome.CLEANED, 3);
        assertOutcome(failing(9, plain).idempotent(), CleanupOutcome.FAILED, 4);
        Throwable fatal = saying(new RecoveryStrategy.Fail("for good"));
        assertOutcome(failing(1, fatal).idempotent(), CleanupOutcome.FAILED, 1);
        assertOutcome(failing(1, new Broken()).idempotent(), CleanupOutcome.FAILED, 1);
        InterruptedException interruption = new InterruptedException();
        assertOutcome(failing(1, interruption).idempotent(), CleanupOutcome.FAILED, 1);
        assertOutcome(failing(1, new Unreadable()).idempotent(), CleanupOutcome.FAILED, 1);
    }

    @Test
    void failure_whoseCauseCannotBeRead_endsTheCloseOnTheCaller() {
        AsyncResourceGuard<String> guard = failing(1, new Unreadable()).idempotent().acquire();
        assertThatThrownBy(guard::close).isInstanceOf(CleanupFailedException.class);
    }

    @Test
    void close_onTheCaller_waitsForTheRetries() {
        IOException plain = new IOException("plain");
        failing(2, plain).idempotent().acquire().close();
        assertThat(attempts).hasValue(3);
        attempts.set(0);
        AsyncResourceGuard<String> hopeless = failing(9, plain).idempotent().acquire();
        assertThatThrownBy(hopeless::close)
                .isInstanceOfSatisfying(
                        CleanupFailedException.class, e -> assertThat(e.attempts()).isEqualTo(4))
                .hasCause(plain);
    }

    @Test
    void failed_forGood_isToldOnceWithItsAttempts() throws Exception {
        assertOutcome(failing(9, new IOException("x")).idempotent(), CleanupOutcome.FAILED, 4);
        registry.close(SOON);
        assertThat(log.allOf(CleanupFailed.class))
                .singleElement()
                .satisfies(event -> assertThat(event.attempts()).isEqualTo(4));
        assertThat(registry.metrics().counters())
                .containsEntry("resource.cleanup.attempts.failed", 4L)
                .containsEntry("resource.failed", 1L);
    }

    @Test
    void close_withADeadline_boundsAllAttemptsTogether() {
        var slow = new RecoveryStrategy.Retry(Duration.ofHours(1), 10, false);
        long begun = System.nanoTime();
        assertThat(failing(9, saying(slow)).acquire().close(Duration.ofSeconds(5)))
                .isEqualTo(CleanupOutcome.FAILED);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SOON);
        assertThat(attempts).hasValue(1);
        attempts.set(0);
        IOException plain = new IOException("plain");
        assertThat(failing(2, plain).idempotent().acquire().close(SOON))
                .isEqualTo(CleanupOutcome.CLEANED);
        assertThat(attempts).hasValue(3);
    }

    @Test
    void deadline_retried_countsForEachAttempt() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        AsyncResourceGuard<String> guard =
                registry.request(
                                "text",
                                () -> "x",
                                (String text) -> {
                                    if (attempts.incrementAndGet() < 3) {
                                        Throwable late = catchThrowable(never::await);
                                        throw new IOException(late);
                                    }
                                })
                        .deadline(Duration.ofMillis(200))
                        .acquire();
        // what was interrupted is not tried again, whatever it is wrapped in
        assertThat(Waits.get(guard.cleanup())).isEqualTo(CleanupOutcome.FAILED);
        attempts.set(0);
        AsyncResourceGuard<String> again =
                registry.request(
                                "text",
                                () -> "x",
                                (String text) -> {
                                    if (attempts.incrementAndGet() < 3) {
                                        assertThat(catchThrowable(never::await)).isNotNull();
                                        throw new IOException("timed out");
                                    }
                                })
                        .deadline(Duration.ofMillis(200))
                        .idempotent()
                        .acquire();
        assertThat(Waits.get(again.cleanup())).isEqualTo(CleanupOutcome.CLEANED);
        assertThat(registry.metrics().counters()).containsEntry("resource.cleanup.overdue", 3L);
    }

    @Test
    void registryClose_budgetSpentBetweenAttempts_leavesNobodyWaiting() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        ResourceRegistry other = ResourceRegistry.builder("brief").build();
        AsyncResourceGuard<String> guard =
                other.request(
                                "text",
                                () -> "x",
                                (String text) -> {
                                    assertThat(catchThrowable(never::await)).isNotNull();
                                    throw new IOException("not now");
                                })
                        .idempotent()
                        .acquire();
        assertThat(other.close(Duration.ofMillis(50)).unclean()).hasSize(1);
        assertThat(Waits.get(guard.cleanup())).isNotEqualTo(CleanupOutcome.CLEANED);
        assertThat(other.balance().open()).isZero();
        assertThat(other.balance().holds()).isTrue();
    }

    /// Says what to do about it.
    private static final class Temporary extends IntegrationException {
        private static final long serialVersionUID = 1L;

        Temporary(RecoveryStrategy strategy) {
            super(new Code(strategy), "temporary", null);
        }
    }

    private record Code(RecoveryStrategy strategy) implements ErrorCode {
        private static final long serialVersionUID = 1L;

        @Override
        public String id() {
            return "TEST-TEMPORARY";
        }

        @Override
        public String summary() {
            return "it didn't work";
        }

        @Override
        public String remedy() {
            return "try again";
        }

        @Override
        public boolean wrapper() {
            return false;
        }
    }

    /// Throws when it is asked for its cause.
    private static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        @Override
        public synchronized Throwable getCause() {
            throw new IllegalStateException("unreadable");
        }
    }
}
