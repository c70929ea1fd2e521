package io.patinox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.error.PatinoxException;
import io.patinox.memory.error.PoolAcquireTimeoutException;
import io.patinox.memory.error.PoolClosedException;
import io.patinox.memory.error.PoolInterruptedException;
import io.patinox.memory.error.RecoveryStrategy;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class FailuresTest {
    private static SQLException state(String state) {
        return new SQLException("x", state);
    }

    private static SQLException because(Throwable cause) {
        return new SQLException("could not connect", "08001", cause);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(state("28P01"), JdbcErrorCode.AUTHENTICATION),
                Arguments.of(state("28000"), JdbcErrorCode.AUTHENTICATION),
                Arguments.of(
                        new SQLInvalidAuthorizationSpecException(), JdbcErrorCode.AUTHENTICATION),
                Arguments.of(state("08004"), JdbcErrorCode.AUTHENTICATION),
                Arguments.of(new SQLException("x", "08004", 1040), JdbcErrorCode.UNAVAILABLE),
                Arguments.of(state("3D000"), JdbcErrorCode.DATABASE_UNKNOWN),
                Arguments.of(new SQLException("x", "42000", 1049), JdbcErrorCode.DATABASE_UNKNOWN),
                Arguments.of(new SQLException("x", "90146", 90146), JdbcErrorCode.DATABASE_UNKNOWN),
                Arguments.of(new SQLException("x", "90149", 90149), JdbcErrorCode.DATABASE_UNKNOWN),
                Arguments.of(because(new UnknownHostException()), JdbcErrorCode.HOST_UNKNOWN),
                Arguments.of(because(new ConnectException()), JdbcErrorCode.CONNECT_REFUSED),
                Arguments.of(because(new SocketTimeoutException()), JdbcErrorCode.CONNECT_TIMEOUT),
                Arguments.of(because(new TimeoutException()), JdbcErrorCode.CONNECT_TIMEOUT),
                Arguments.of(new SQLTimeoutException(), JdbcErrorCode.CONNECT_TIMEOUT),
                Arguments.of(because(new NoRouteToHostException()), JdbcErrorCode.UNAVAILABLE),
                Arguments.of(because(new IOException()), JdbcErrorCode.UNAVAILABLE),
                Arguments.of(state("57P03"), JdbcErrorCode.UNAVAILABLE),
                Arguments.of(state("53300"), JdbcErrorCode.UNAVAILABLE),
                Arguments.of(new SQLTransientConnectionException(), JdbcErrorCode.UNAVAILABLE),
                Arguments.of(new SQLRecoverableException(), JdbcErrorCode.UNAVAILABLE),
                Arguments.of(
                        new RuntimeException(new ConnectException()),
                        JdbcErrorCode.CONNECT_REFUSED),
                Arguments.of(state("22023"), JdbcErrorCode.CONNECT_FAILED),
                Arguments.of(new SQLException("no state"), JdbcErrorCode.CONNECT_FAILED),
                Arguments.of(new IllegalStateException(), JdbcErrorCode.CONNECT_FAILED));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void classify_failureToConnect_hasTheCodeOfItsReason(Throwable failure, JdbcErrorCode code) {
        assertThat(Failures.classify(failure)).isEqualTo(code);
    }

    @Test
    void classify_chainThatLeadsBackIntoItself_ends() {
        SQLException first = state("XX000");
        first.initCause(new SQLException("second", "XX000", first));
        assertThat(Failures.classify(first)).isEqualTo(JdbcErrorCode.CONNECT_FAILED);
    }

    private static PoolAcquireTimeoutException timeout(Throwable cause) {
        return new PoolAcquireTimeoutException("p", Duration.ofSeconds(1), 0, 1, 1, cause);
    }

    private static Throwable translated(PatinoxException failure) {
        return Failures.toSqlException(failure);
    }

    @ParameterizedTest
    @EnumSource
    void toSqlException_reasonOfAnyCode_hasTypeStateAndCause(JdbcErrorCode code) {
        PatinoxException timeout = timeout(new JdbcException(code, "why", null));

        SQLException e = Failures.toSqlException(timeout);

        Class<?> type =
                switch (code) {
                    case AUTHENTICATION -> SQLInvalidAuthorizationSpecException.class;
                    case HOST_UNKNOWN, CONNECT_REFUSED, CONNECT_TIMEOUT, UNAVAILABLE ->
                            SQLTransientConnectionException.class;
                    default -> SQLNonTransientConnectionException.class;
                };
        String state =
                switch (code) {
                    case AUTHENTICATION -> "28000";
                    case DATABASE_UNKNOWN -> "3D000";
                    default -> "08001";
                };
        assertThat((Throwable) e)
                .isExactlyInstanceOf(type)
                .hasFieldOrPropertyWithValue("SQLState", state)
                .hasCause(timeout)
                .hasMessageStartingWith(code.id() + ": why; ")
                .hasMessageContaining("POOL-ACQUIRE-TIMEOUT: ");
        assertThat(RecoveryStrategy.of(e)).isEqualTo(code.strategy());
    }

    @Test
    void toSqlException_reasonItself_isNotRepeated() {
        JdbcException reason = new JdbcException(JdbcErrorCode.CONNECT_REFUSED, "why", null);
        assertThat(translated(reason)).hasMessage(reason.getMessage()).hasCause(reason);
    }

    @Test
    void toSqlException_failuresOfThePool_areTransientIfTheyPass() {
        PatinoxException timeout = timeout(null);
        assertThat(translated(timeout))
                .isInstanceOf(SQLTransientConnectionException.class)
                .hasFieldOrPropertyWithValue("SQLState", "08001")
                .hasMessage(timeout.getMessage())
                .hasCause(timeout);
        assertThat(translated(new PoolClosedException("p")))
                .isInstanceOf(SQLNonTransientConnectionException.class)
                .hasFieldOrPropertyWithValue("SQLState", "08001")
                .hasMessageStartingWith("POOL-CLOSED");
        assertThat(translated(new PoolInterruptedException("p", new InterruptedException())))
                .isInstanceOf(SQLNonTransientConnectionException.class)
                .hasMessageStartingWith("POOL-INTERRUPTED");
    }

    @ParameterizedTest
    @EnumSource
    void code_any_isCompleteAndDecidesForItself(JdbcErrorCode code) {
        assertThat(code.id()).isEqualTo("JDBC-" + code.name().replace('_', '-'));
        assertThat(code.summary()).isNotBlank().doesNotEndWith(".");
        assertThat(code.remedy()).isNotBlank().doesNotEndWith(".");
        assertThat(code.wrapper()).isFalse();
        JdbcException e = new JdbcException(code, "what", new IOException("why"));
        assertThat(e.jdbcCode()).isSameAs(code).isSameAs(e.code());
        assertThat(e.strategy()).isEqualTo(code.strategy());
        assertThat(e).hasMessage(code.id() + ": what; " + code.remedy()).hasRootCauseMessage("why");
    }
}
