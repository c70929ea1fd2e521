package io.patinox.jdbc;

import io.patinox.jdbc.internal.Session;
import io.patinox.jdbc.internal.Wrappers;
import io.patinox.memory.error.Options;
import io.patinox.memory.error.PatinoxException;
import io.patinox.memory.monitor.Health;
import io.patinox.memory.monitor.MetricsSnapshot;
import io.patinox.memory.monitor.MetricsSource;
import io.patinox.memory.pool.Pool;
import io.patinox.memory.pool.PoolCloseReport;
import io.patinox.memory.pool.PooledConnection;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// A `DataSource` whose connections come from a strictly fair [Pool].
///
/// {@snippet file="io/patinox/jdbc/examples/DataSourceExamples.java" region="borrow"}
///
/// **What a borrower gets** is a connection in the state the builder describes, whatever the
/// borrower before did: at `close()` open statements are closed, an open transaction is rolled
/// back, and auto-commit, read-only, isolation, catalog, schema, network timeout, holdability, type
/// map, client info and warnings are put back if they were touched. A connection that nobody did
/// anything with costs nothing at its return. What SQL text changes (`SET`, temporary tables,
/// advisory locks, a `BEGIN` while auto-commit is on) JDBC can't see, and stays.
///
/// **Lost connections.** When the driver says that a connection is lost, or can't be put back into
/// its first state, it is closed at its return and the next borrower gets another. The borrower
/// itself sees the driver's exception: what it had begun can't be repeated for it.
///
/// **Threads.** Every method may be called by any thread, platform or virtual. A connection may
/// move between threads as far as its driver allows. A lease that is dropped without `close()` is
/// found some time after the garbage collector has; see [PooledConnection]. The lease is the
/// `Connection` that was returned, with the statements and result sets made by it: who keeps only
/// what `unwrap` gave, the driver's own object, and drops that, leaks it, and the object in his
/// hands is closed.
///
/// **Lifecycle.** [PatinoxDataSourceBuilder#build()] opens one connection and reports at once what
/// keeps it from doing so. [#close()] fails everybody who waits, waits for what is lent, and closes
/// every connection. Idempotent.
///
/// **Failures.** [#getConnection()] throws an `SQLException` with an SQLState, whose cause is a
/// [JdbcException] or one of the pool's exceptions, with its code and its
/// [strategy][io.patinox.memory.error.RecoveryStrategy]. No message holds the password.
///
/// **Memory effects.** What a borrower did before `close()` happens-before what the next borrower
/// of the same physical connection does.
public final class PatinoxDataSource implements DataSource, MetricsSource, AutoCloseable {
    private final Pool<Session> pool;
    private final Duration acquireTimeout;

    PatinoxDataSource(Pool<Session> pool, Duration acquireTimeout) {
        this.pool = pool;
        this.acquireTimeout = acquireTimeout;
    }

    /// Begins to build a data source that connects to a URL.
    ///
    /// @param jdbcUrl a URL that one of the drivers present takes, such as
    ///   `jdbc:postgresql://localhost/orders`
    /// @return a builder with every option at its default
    /// @throws io.patinox.memory.error.InvalidOptionException if the URL is null or blank
    public static PatinoxDataSourceBuilder builder(String jdbcUrl) {
        return new PatinoxDataSourceBuilder(Options.text("jdbcUrl", jdbcUrl), null);
    }

    /// Begins to build a data source that takes its physical connections from another one, which
    /// must not be a pool itself.
    ///
    /// @param delegate opens the connections
    /// @return a builder with every option at its default
    /// @throws io.patinox.memory.error.InvalidOptionException if the delegate is null
    public static PatinoxDataSourceBuilder builder(DataSource delegate) {
        return new PatinoxDataSourceBuilder(null, Options.required("delegate", delegate));
    }

    /// Returns a connection, waiting for at most
    /// [acquireTimeout][PatinoxDataSourceBuilder#acquireTimeout(Duration)]. Close it to give it
    /// back.
    ///
    /// @return a connection in its first state
    /// @throws SQLException a `SQLTransientConnectionException` when the time was over or the
    ///   database does not answer, a `SQLInvalidAuthorizationSpecException` when it refuses the
    ///   password, a `SQLNonTransientConnectionException` when the data source is closed, the
    ///   thread was interrupted (its flag stays set), or the database can't be reached for a reason
    ///   that does not pass by itself
    @Override
    public Connection getConnection() throws SQLException {
        PooledConnection<Session> lease;
        try {
            lease = pool.acquire();
        } catch (PatinoxException e) {
            throw Failures.toSqlException(e);
        }
        return connection(lease);
    }

    /// Not supported: every connection of this data source belongs to the user it was built with.
    ///
    /// @throws SQLFeatureNotSupportedException always
    @Override
    public Connection getConnection(@Nullable String user, @Nullable String password)
            throws SQLException {
        throw new SQLFeatureNotSupportedException(
                "the connections belong to one user; build a data source for each user", "0A000");
    }

    /// Returns a connection without blocking.
    ///
    /// @return a future of the connection, which fails with the `SQLException` that
    ///   [#getConnection()] would throw. Cancelling it, or completing it in any other way, leaves
    ///   the queue. Whoever gets the connection must close it
    public CompletableFuture<Connection> connectionAsync() {
        CompletableFuture<Connection> result = new CompletableFuture<>();
        CompletableFuture<PooledConnection<Session>> acquiring = pool.acquireAsync();
        var _ = acquiring.whenComplete((lease, failure) -> deliver(result, lease, failure));
        var _ = result.whenComplete((_, _) -> acquiring.cancel(false));
        return result;
    }

    static void deliver(
            CompletableFuture<Connection> result,
            @Nullable PooledConnection<Session> lease,
            @Nullable Throwable failure) {
        if (lease == null) {
            result.completeExceptionally(asyncFailure(Objects.requireNonNull(failure)));
            return;
        }
        Connection connection;
        try {
            connection = connection(lease);
        } catch (Throwable t) {
            result.completeExceptionally(t);
            return;
        }
        if (!result.complete(connection)) {
            lease.close(); // cancelled, or completed by its holder, at this very moment
        }
    }

    private static Throwable asyncFailure(Throwable failure) {
        Throwable cause = failure;
        if (failure instanceof CompletionException e && e.getCause() != null) {
            cause = e.getCause();
        }
        return switch (cause) {
            case PatinoxException e -> Failures.toSqlException(e);
            case CancellationException e -> e;
            default -> cause;
        };
    }

    private static Connection connection(PooledConnection<Session> lease) {
        try {
            return Wrappers.connection(lease);
        } catch (Throwable t) {
            lease.close();
            throw t;
        }
    }

    /// Returns the pool below, to look at: its sizes, its metrics, its health. Leases acquired from
    /// it are of no use.
    ///
    /// @return the pool
    public Pool<?> pool() {
        return pool;
    }

    @Override
    public String name() {
        return pool.name();
    }

    @Override
    public String component() {
        return pool.component();
    }

    /// Returns the pool's metrics.
    ///
    /// @return a snapshot
    @Override
    public MetricsSnapshot metrics() {
        return pool.metrics();
    }

    /// Returns the pool's health. It does not ask the database.
    ///
    /// @return the health
    @Override
    public Health health() {
        return pool.health();
    }

    /// Returns whether this data source is closed or closing.
    ///
    /// @return true if no connection can be had any more
    public boolean isClosed() {
        return pool.isClosed();
    }

    /// Closes as [#close(Duration)] does, with
    /// [closeTimeout][PatinoxDataSourceBuilder#closeTimeout(Duration)].
    @Override
    public void close() {
        pool.close();
    }

    /// Closes this data source: everybody who waits gets an error at once, connections that are
    /// lent are waited for, and every connection is closed. Idempotent.
    ///
    /// @param timeout how long to wait, from zero to 365 days
    /// @return what it came to
    public PoolCloseReport close(Duration timeout) {
        return pool.close(timeout);
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new SQLException("a PatinoxDataSource is no wrapper for " + type.getName(), "0A000");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }

    /// Returns null: this data source writes no log. Use a
    /// [monitor][io.patinox.memory.monitor.Monitor#logging()].
    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    /// Not supported, other than with null: this data source writes no log.
    ///
    /// @throws SQLFeatureNotSupportedException if a writer is given
    @Override
    public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
        if (out != null) {
            throw new SQLFeatureNotSupportedException(
                    "no log is written here; build with monitor(Monitor.logging())", "0A000");
        }
    }

    /// Returns how long [#getConnection()] waits, in seconds, rounded up.
    @Override
    public int getLoginTimeout() {
        return (int) Math.min(Integer.MAX_VALUE, acquireTimeout.plusNanos(999_999_999).toSeconds());
    }

    /// Not supported: the options of a data source are fixed when it is built.
    ///
    /// @throws SQLFeatureNotSupportedException always
    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        throw new SQLFeatureNotSupportedException(
                "fixed when the data source is built; use the builder's acquireTimeout", "0A000");
    }

    /// Not supported: nothing here logs to `java.util.logging`.
    ///
    /// @throws SQLFeatureNotSupportedException always
    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("java.util.logging is not used", "0A000");
    }

    @Override
    public String toString() {
        return "PatinoxDataSource[" + pool.name() + "]";
    }
}
