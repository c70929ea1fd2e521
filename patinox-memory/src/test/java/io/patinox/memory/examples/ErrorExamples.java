package io.patinox.memory.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.error.MemoryErrorCode;
import io.patinox.memory.error.PatinoxException;
import io.patinox.memory.error.PoolAcquireTimeoutException;
import io.patinox.memory.error.PoolClosedException;
import io.patinox.memory.error.RecoveryStrategy;
import io.patinox.memory.error.RecoveryStrategy.CircuitBreak;
import io.patinox.memory.error.RecoveryStrategy.Fail;
import io.patinox.memory.error.RecoveryStrategy.Fallback;
import io.patinox.memory.error.RecoveryStrategy.Retry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// The snippets of the error package and of its guide page.
class ErrorExamples {

    // @start region="act"
    static <T> T call(Callable<T> task, Supplier<T> otherWay) throws Exception {
        int failures = 0;
        while (true) {
            try {
                return task.call();
            } catch (Exception e) {
                failures++;
                switch (RecoveryStrategy.of(e)) {
                    case Retry retry -> {
                        if (failures > retry.maxAttempts()) {
                            throw e;
                        }
                        TimeUnit.NANOSECONDS.sleep(retry.after().toNanos());
                    }
                    case Fallback _ -> {
                        return otherWay.get();
                    }
                    case CircuitBreak _, Fail _ -> throw e;
                }
            }
        }
    }

    // @end

    // @start region="code"
    static String describe(PatinoxException e) {
        return switch (e.code()) {
            case MemoryErrorCode.POOL_ACQUIRE_TIMEOUT -> "busy: " + e.code().remedy();
            case MemoryErrorCode.POOL_CLOSED -> "shutting down";
            default -> e.code().id();
        };
    }

    // @end

    // @start region="until"
    static Instant nextCall(Throwable failure, Instant now) {
        return switch (RecoveryStrategy.of(failure)) {
            case CircuitBreak open -> open.until(now);
            case Retry retry -> now.plus(retry.after());
            case Fallback _, Fail _ -> Instant.MAX;
        };
    }

    // @end

    private final Queue<Exception> failures = new ArrayDeque<>();

    private String task() throws Exception {
        Exception failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
        return "done";
    }

    private static PoolAcquireTimeoutException timeout() {
        return new PoolAcquireTimeoutException("orders", Duration.ofMillis(5), 10, 10, 3, null);
    }

    @Test
    void call_timeoutTwiceEvenWrapped_isRetriedUntilItSucceeds() throws Exception {
        failures.addAll(List.of(timeout(), new CompletionException(timeout())));

        assertThat(call(this::task, () -> "other")).isEqualTo("done");
    }

    @Test
    void call_poolClosed_failsAtOnce() {
        PoolClosedException closed = new PoolClosedException("orders");
        failures.addAll(List.of(closed, timeout()));

        assertThatThrownBy(() -> call(this::task, () -> "other")).isSameAs(closed);
        assertThat(failures).hasSize(1);
    }

    @Test
    void call_moreTimeoutsThanAttempts_failsWithTheLast() {
        for (int i = 0; i < 4; i++) {
            failures.add(timeout());
        }

        assertThatThrownBy(() -> call(this::task, () -> "other"))
                .isInstanceOf(PoolAcquireTimeoutException.class);
        assertThat(failures).isEmpty();
    }

    @Test
    void describe_codes_areCasesOfASwitch() {
        assertThat(describe(timeout())).startsWith("busy: hold connections for less time");
        assertThat(describe(new PoolClosedException("orders"))).isEqualTo("shutting down");
    }

    @Test
    void nextCall_retry_isAfterItsDelay() {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");

        assertThat(nextCall(timeout(), now)).isEqualTo(now.plusMillis(100));
        assertThat(nextCall(new PoolClosedException("orders"), now)).isEqualTo(Instant.MAX);
    }
}
