package io.patinox.jdbc;

import io.patinox.memory.error.ErrorCode;
import io.patinox.memory.error.RecoveryStrategy;
import io.patinox.memory.error.RecoveryStrategy.Fail;
import io.patinox.memory.error.RecoveryStrategy.Retry;
import java.time.Duration;

/// Every failure of the data source itself. What keeps a borrower waiting has the pool's codes,
/// such as `POOL-ACQUIRE-TIMEOUT`; what a statement throws is the driver's.
public enum JdbcErrorCode implements ErrorCode {
    /// No driver takes the URL.
    URL(
            "JDBC-URL",
            "no JDBC driver takes the URL",
            "correct the URL, or put the driver's jar beside the program",
            new Fail("the same URL fails again")),

    /// The database refused the user or the password.
    AUTHENTICATION(
            "JDBC-AUTHENTICATION",
            "the database refused the user or the password",
            "correct user and password, or let the user in from this host",
            new Fail("the same credentials fail again")),

    /// There is no such database on the server.
    DATABASE_UNKNOWN(
            "JDBC-DATABASE-UNKNOWN",
            "the server has no such database",
            "correct the name of the database in the URL, or create it",
            new Fail("the database does not exist")),

    /// The name of the host does not resolve.
    HOST_UNKNOWN(
            "JDBC-HOST-UNKNOWN",
            "the name of the database host does not resolve",
            "correct the host in the URL, or repair the name service",
            new Retry(Duration.ofSeconds(1), 5, false)),

    /// Nothing listens at the address.
    CONNECT_REFUSED(
            "JDBC-CONNECT-REFUSED",
            "nothing listens at the address of the database",
            "start the database, or correct host and port in the URL",
            new Retry(Duration.ofSeconds(1), 10, false)),

    /// The database did not answer in time.
    CONNECT_TIMEOUT(
            "JDBC-CONNECT-TIMEOUT",
            "the database did not answer in time while a connection was opened",
            "look for a firewall or an overloaded server, or raise connectTimeout",
            new Retry(Duration.ofSeconds(1), 5, false)),

    /// The database takes no connection now.
    UNAVAILABLE(
            "JDBC-UNAVAILABLE",
            "the database takes no connection now: it starts, stops, or has too many",
            "look at the cause and at the server's log",
            new Retry(Duration.ofSeconds(1), 10, false)),

    /// A connection could not be opened, for none of the other reasons.
    CONNECT_FAILED(
            "JDBC-CONNECT-FAILED",
            "a connection could not be opened or set up",
            "look at the cause, which comes from the driver or the database",
            new Fail("the reason is not one that passes by itself")),

    /// A connection could not be put back into its first state, so it was not used again.
    RESET_FAILED(
            "JDBC-RESET-FAILED",
            "a connection could not be put back into its first state and was given up",
            "look at the cause; the pool opens another connection",
            new Fail("the lease is over")),

    /// Closing a connection took too long.
    CLOSE_TIMEOUT(
            "JDBC-CLOSE-TIMEOUT",
            "the driver did not close a connection in time, so it was aborted",
            "look for a server or a network that does not answer",
            new Fail("the connection is gone either way"));

    private final String id;
    private final String summary;
    private final String remedy;

    @SuppressWarnings("ImmutableEnumChecker") // all strategies are immutable records
    private final RecoveryStrategy strategy;

    JdbcErrorCode(String id, String summary, String remedy, RecoveryStrategy strategy) {
        this.id = id;
        this.summary = summary;
        this.remedy = remedy;
        this.strategy = strategy;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String summary() {
        return summary;
    }

    @Override
    public String remedy() {
        return remedy;
    }

    @Override
    public RecoveryStrategy strategy() {
        return strategy;
    }

    @Override
    public boolean wrapper() {
        return false;
    }
}
