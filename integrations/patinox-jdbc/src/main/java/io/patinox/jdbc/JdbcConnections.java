package io.patinox.jdbc;

import io.patinox.jdbc.internal.Session;
import io.patinox.jdbc.internal.SessionSettings;
import io.patinox.memory.pool.ConnectionManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Opens, checks, resets and closes the connections of a pool.
///
/// What it throws has passed through [Secrets], so events and logs may show it.
final class JdbcConnections implements ConnectionManager<Session> {
    private final ConnectionSource source;
    private final Secrets secrets;
    private final SessionSettings settings;
    private final Times times;
    private final @Nullable String validationQuery;
    private final CompletableFuture<Throwable> noneOpened = new CompletableFuture<>();
    private final AtomicInteger attempts = new AtomicInteger();
    private volatile boolean opened;

    /// How long the driver may take.
    ///
    /// @param connect for opening a connection
    /// @param answer for an answer to a question of the pool's own
    record Times(Duration connect, Duration answer) {
        // JDBC counts in seconds, and 0 would mean for ever
        int answerSeconds() {
            return (int)
                    Math.min(
                            Integer.MAX_VALUE,
                            Math.max(1, answer.plusNanos(999_999_999).toSeconds()));
        }
    }

    JdbcConnections(
            ConnectionSource source,
            Secrets secrets,
            SessionSettings settings,
            Times times,
            @Nullable String validationQuery) {
        this.source = source;
        this.secrets = secrets;
        this.settings = settings;
        this.times = times;
        this.validationQuery = validationQuery;
    }

    /// Returns a future that ends with a failure to open a connection, as soon as one has failed,
    /// none has been opened and no other attempt is under way.
    CompletableFuture<Throwable> noneOpened() {
        return noneOpened.copy();
    }

    @Override
    public Session create() throws JdbcException {
        attempts.incrementAndGet();
        try {
            Session session = open();
            opened = true;
            attempts.decrementAndGet();
            return session;
        } catch (Throwable t) {
            if (attempts.decrementAndGet() == 0 && !opened) {
                noneOpened.complete(t);
            }
            throw t;
        }
    }

    private Session open() {
        long start = System.nanoTime();
        Connection connection = null;
        try {
            connection = source.open();
            if (connection == null) {
                String what = "the driver returned no connection to " + source.display();
                throw new JdbcException(JdbcErrorCode.CONNECT_FAILED, what, null);
            }
            Session session = Session.open(connection, settings, times.answer());
            // a wrong query would make each connection invalid: say so while somebody asks why
            if (validationQuery != null) {
                tryQuery(session);
            }
            return session;
        } catch (SQLException | RuntimeException e) {
            close(connection, e);
            throw openFailure(e, System.nanoTime() - start);
        } catch (Error e) {
            close(connection, e);
            throw secrets.scrub(e);
        }
    }

    /// Returns the failure of a connection that was not there in time.
    JdbcException tooLate(Duration limit, Throwable cause) {
        String what = "no connection to %s within %s".formatted(source.display(), limit);
        return new JdbcException(JdbcErrorCode.CONNECT_TIMEOUT, what, cause);
    }

    private void tryQuery(Session session) throws SQLException {
        try {
            isUsable(session);
        } catch (SQLException e) {
            throw new SQLException(
                    "validationQuery fails: " + e.getMessage(),
                    e.getSQLState(),
                    e.getErrorCode(),
                    e);
        }
    }

    private static void close(@Nullable Connection connection, Throwable reason) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException | RuntimeException e) {
                BoundedClose.suppress(reason, e);
            }
        }
    }

    private JdbcException openFailure(Exception failure, long tookNanos) {
        if (failure instanceof JdbcException known) {
            return known;
        }
        JdbcErrorCode code = Failures.classify(failure);
        // some drivers say only that they could not connect
        if (code == JdbcErrorCode.UNAVAILABLE && tookNanos >= times.connect().toNanos()) {
            code = JdbcErrorCode.CONNECT_TIMEOUT;
        }
        String what =
                "no connection to "
                        + source.display()
                        + ": "
                        + secrets.scrub(String.valueOf(failure.getMessage()));
        return new JdbcException(code, what, secrets.scrub(failure));
    }

    @Override
    public boolean validate(Session session) throws Exception {
        try {
            return isUsable(session);
        } catch (SQLException | RuntimeException e) {
            throw secrets.scrub(e);
        } catch (Error e) {
            throw secrets.scrub(e);
        }
    }

    private boolean isUsable(Session session) throws SQLException {
        Connection connection = session.connection();
        boolean valid = validationQuery == null ? isValid(connection) : answers(connection);
        // the question may have opened a transaction
        if (valid && !connection.getAutoCommit()) {
            connection.rollback();
        }
        return valid;
    }

    private boolean isValid(Connection connection) throws SQLException {
        return connection.isValid(times.answerSeconds());
    }

    private boolean answers(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(times.answerSeconds());
            statement.execute(validationQuery);
            return true;
        }
    }

    @Override
    public void recycle(Session session) throws JdbcException {
        try {
            session.reset();
        } catch (SQLException | RuntimeException e) {
            String what = "a connection to " + source.display() + " could not be reset";
            throw new JdbcException(JdbcErrorCode.RESET_FAILED, what, secrets.scrub(e));
        } catch (Error e) {
            throw secrets.scrub(e);
        }
    }

    @Override
    public void destroy(Session session) throws Exception {
        try {
            BoundedClose.of(session.connection(), times.answer());
        } catch (TimeoutException e) {
            String what =
                    "closing a connection to %s took longer than %s"
                            .formatted(source.display(), times.answer());
            throw new JdbcException(JdbcErrorCode.CLOSE_TIMEOUT, what, null);
        } catch (SQLException | RuntimeException e) {
            throw secrets.scrub(e);
        } catch (Error e) {
            throw secrets.scrub(e);
        }
    }
}
