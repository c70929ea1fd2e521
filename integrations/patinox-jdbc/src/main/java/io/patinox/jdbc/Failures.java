package io.patinox.jdbc;

import io.patinox.memory.error.PatinoxException;
import io.patinox.memory.error.RecoveryStrategy;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Two translations: what a driver throws while connecting into a code, and what the pool throws
/// into the `SQLException` that JDBC's users expect.
final class Failures {
    private static final int LONGEST_CHAIN = 100;

    /// JDBC: "the client could not establish the connection".
    private static final String NOT_CONNECTED = "08001";

    private static final int MYSQL_TOO_MANY_CONNECTIONS = 1040;

    // MySQL and MariaDB; H2 opened with IFEXISTS; H2 that must not create databases
    private static final Set<Integer> UNKNOWN_DATABASE = Set.of(1049, 90146, 90149);

    private Failures() {}

    /// Says what kind of failure stands behind what was thrown while a connection was opened: the
    /// first link of the chain that says something definite decides.
    static JdbcErrorCode classify(Throwable failure) {
        JdbcErrorCode vague = null;
        Throwable link = failure;
        for (int i = 0; link != null && i < LONGEST_CHAIN; i++) {
            JdbcErrorCode code = definite(link);
            if (code != null) {
                return code;
            }
            if (vague == null) {
                vague = vague(link);
            }
            link = link.getCause();
        }
        return vague == null ? JdbcErrorCode.CONNECT_FAILED : vague;
    }

    private static @Nullable JdbcErrorCode definite(Throwable link) {
        return switch (link) {
            case UnknownHostException _ -> JdbcErrorCode.HOST_UNKNOWN;
            case SocketTimeoutException _ -> JdbcErrorCode.CONNECT_TIMEOUT;
            case SQLTimeoutException _ -> JdbcErrorCode.CONNECT_TIMEOUT;
            case TimeoutException _ -> JdbcErrorCode.CONNECT_TIMEOUT;
            case ConnectException _ -> JdbcErrorCode.CONNECT_REFUSED;
            case SQLInvalidAuthorizationSpecException _ -> JdbcErrorCode.AUTHENTICATION;
            case SQLException e -> definite(e);
            default -> null;
        };
    }

    private static @Nullable JdbcErrorCode definite(SQLException e) {
        String state = e.getSQLState();
        int vendor = e.getErrorCode();
        if (state == null) {
            return null;
        }
        if (state.startsWith("28")) {
            return JdbcErrorCode.AUTHENTICATION;
        }
        if (state.equals("3D000") || UNKNOWN_DATABASE.contains(vendor)) {
            return JdbcErrorCode.DATABASE_UNKNOWN;
        }
        // "the server rejected the connection": too many of them, or it wants to know who asks
        if (state.equals("08004")) {
            return vendor == MYSQL_TOO_MANY_CONNECTIONS
                    ? JdbcErrorCode.UNAVAILABLE
                    : JdbcErrorCode.AUTHENTICATION;
        }
        return null;
    }

    private static @Nullable JdbcErrorCode vague(Throwable link) {
        if (link instanceof SQLTransientException || link instanceof SQLRecoverableException) {
            return JdbcErrorCode.UNAVAILABLE;
        }
        String state = link instanceof SQLException e ? e.getSQLState() : null;
        boolean passing =
                state != null
                        && (state.startsWith("08")
                                || state.startsWith("53")
                                || state.startsWith("57P"));
        return passing ? JdbcErrorCode.UNAVAILABLE : null;
    }

    /// Returns the `SQLException` to throw for a failure of the pool, with that failure as its
    /// cause.
    static SQLException toSqlException(PatinoxException failure) {
        JdbcException reason = reason(failure);
        if (reason == null) {
            String message = String.valueOf(failure.getMessage());
            return failure.strategy() instanceof RecoveryStrategy.Retry
                    ? new SQLTransientConnectionException(message, NOT_CONNECTED, failure)
                    : new SQLNonTransientConnectionException(message, NOT_CONNECTED, failure);
        }
        String message =
                reason == failure
                        ? String.valueOf(failure.getMessage())
                        : reason.getMessage() + " (" + failure.getMessage() + ")";
        return switch (reason.jdbcCode()) {
            case AUTHENTICATION ->
                    new SQLInvalidAuthorizationSpecException(message, "28000", failure);
            case DATABASE_UNKNOWN ->
                    new SQLNonTransientConnectionException(message, "3D000", failure);
            case HOST_UNKNOWN, CONNECT_REFUSED, CONNECT_TIMEOUT, UNAVAILABLE ->
                    new SQLTransientConnectionException(message, NOT_CONNECTED, failure);
            case URL, CONNECT_FAILED, RESET_FAILED, CLOSE_TIMEOUT ->
                    new SQLNonTransientConnectionException(message, NOT_CONNECTED, failure);
        };
    }

    private static @Nullable JdbcException reason(Throwable failure) {
        Throwable link = failure;
        for (int i = 0; link != null && i < LONGEST_CHAIN; i++) {
            if (link instanceof JdbcException reason) {
                return reason;
            }
            link = link.getCause();
        }
        return null;
    }
}
