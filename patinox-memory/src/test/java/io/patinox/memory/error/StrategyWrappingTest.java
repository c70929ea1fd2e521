package io.patinox.memory.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.error.Failures.Integration;
import io.patinox.memory.error.Failures.IntegrationCode;
import io.patinox.memory.error.RecoveryStrategy.CircuitBreak;
import io.patinox.memory.error.RecoveryStrategy.Fail;
import io.patinox.memory.error.RecoveryStrategy.Fallback;
import io.patinox.memory.error.RecoveryStrategy.Retry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Regression: an earlier design gave a wrapped failure the strategy of its wrapper, so that what
/// must not be retried was retried.
class StrategyWrappingTest {

    static Stream<Arguments> everyCodeInTwoWrappers() {
        return Failures.codes().stream()
                .flatMap(code ->
                        Failures.wrappers().entrySet().stream()
                                .flatMap(outer ->
                                        Failures.wrappers().entrySet().stream()
                                                .map(inner -> Arguments.of(code, outer, inner))));
    }

    @ParameterizedTest
    @MethodSource("everyCodeInTwoWrappers")
    void strategy_wrappedTwice_isThatOfTheFailure(
            MemoryErrorCode code,
            Map.Entry<String, UnaryOperator<Throwable>> outer,
            Map.Entry<String, UnaryOperator<Throwable>> inner) {
        PatinoxException failure = Failures.of(code, null);

        Throwable wrapped = outer.getValue().apply(inner.getValue().apply(failure));

        RecoveryStrategy strategy = RecoveryStrategy.of(wrapped);
        if (failure.strategy() instanceof Fail) {
            assertThat(strategy).isInstanceOf(Fail.class);
        } else {
            assertThat(strategy).isEqualTo(failure.strategy()).isEqualTo(code.strategy());
        }
        if (wrapped instanceof PatinoxException e) {
            assertThat(e.strategy()).isEqualTo(strategy);
        }
    }

    @Test
    void strategies_ofTheTable_areAsDocumented() {
        assertThat(Failures.of(MemoryErrorCode.POOL_ACQUIRE_TIMEOUT, null).strategy())
                .isInstanceOf(Retry.class);
        assertThat(Failures.of(MemoryErrorCode.POOL_CREATE_TIMEOUT, null).strategy())
                .isInstanceOf(CircuitBreak.class);
        assertThat(Failures.of(MemoryErrorCode.SHARE_TIMEOUT, null).strategy())
                .isInstanceOf(Retry.class);
        assertThat(Failures.codes())
                .filteredOn(code -> !(Failures.of(code, null).strategy() instanceof Fail))
                .containsExactly(
                        MemoryErrorCode.RESOURCE_LIMIT_REACHED,
                        MemoryErrorCode.POOL_ACQUIRE_TIMEOUT,
                        MemoryErrorCode.POOL_QUEUE_FULL,
                        MemoryErrorCode.POOL_CREATE_TIMEOUT,
                        MemoryErrorCode.POOL_UNAVAILABLE,
                        MemoryErrorCode.SHARE_TIMEOUT,
                        MemoryErrorCode.CONFIG_TIMEOUT,
                        MemoryErrorCode.CACHE_LOAD_TIMEOUT,
                        MemoryErrorCode.MAPPING_LIMIT,
                        MemoryErrorCode.MAPPING_LOCKED);
    }

    @Test
    void strategy_wrapperOfUnknownCause_isFailWhateverItsCodeSays() {
        Throwable unknown = new IllegalStateException("?");

        assertThat(new Integration(IntegrationCode.CARRIER, unknown).strategy())
                .isInstanceOf(Fail.class);
        assertThat(new Integration(IntegrationCode.CARRIER, null).strategy())
                .isInstanceOf(Fail.class);
        assertThat(Failures.of(MemoryErrorCode.POOL_CREATE_FAILED, unknown).strategy())
                .isInstanceOf(Fail.class);
    }

    @Test
    void strategy_ownFailureWithUnknownCause_isThatOfItsCode() {
        Throwable unknown = new IllegalStateException("?");

        assertThat(new Integration(IntegrationCode.BUSY, unknown).strategy())
                .isEqualTo(IntegrationCode.BUSY.strategy());
        assertThat(new Integration(IntegrationCode.CACHED, unknown).strategy())
                .isEqualTo(new Fallback("use the copy"));
        assertThat(Failures.of(MemoryErrorCode.POOL_ACQUIRE_TIMEOUT, unknown).strategy())
                .isEqualTo(MemoryErrorCode.POOL_ACQUIRE_TIMEOUT.strategy());
    }

    @Test
    void strategy_failOutsideRetry_staysFailWithItsReason() {
        Throwable retryable = Failures.of(MemoryErrorCode.POOL_ACQUIRE_TIMEOUT, null);
        Throwable refused = new Integration(IntegrationCode.REFUSED, retryable);

        assertThat(RecoveryStrategy.of(refused)).isEqualTo(new Fail("it said never"));
        assertThat(RecoveryStrategy.of(new CompletionException(refused)))
                .isEqualTo(new Fail("it said never"));
    }

    @Test
    void strategy_throughARealFuture_survives() {
        CompletableFuture<String> future =
                CompletableFuture.<String>failedFuture(
                                Failures.of(MemoryErrorCode.POOL_CREATE_TIMEOUT, null))
                        .thenApply(String::trim);

        assertThat(future)
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .satisfies(e ->
                        assertThat(RecoveryStrategy.of(e))
                                .isEqualTo(MemoryErrorCode.POOL_CREATE_TIMEOUT.strategy()));
        assertThat(future.handle((_, e) -> e).join()).isInstanceOf(CompletionException.class);
        assertThat(future.handle((_, e) -> RecoveryStrategy.of(e)).join())
                .isInstanceOf(CircuitBreak.class);
    }
}
