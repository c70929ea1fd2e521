package io.patinox.jdbc.internal;

import io.patinox.memory.pool.PooledConnection;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.ShardingKey;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// One borrower's connection, from `getConnection()` to `close()`.
///
/// It may be used and closed by any thread, as far as the driver allows it. After `close()` every
/// method but `close`, `abort`, `isClosed` and `isValid` throws with SQLState 08003.
abstract class LeasedConnection extends Leased<Connection> implements Connection {
    /*
     * The pool finds a lost lease by its unreachability. So nothing that lives as long as the pool
     * may refer to this object: the list of open statements, whose members lead here, is kept
     * here and not in the session.
     *
     * close() and abort() race for `closed`; who wins ends the lease, once.
     *
     * A call marks the session used and then reads `closed`; close() sets `closed` and then asks
     * whether the session was used. Both are volatile, so one of them sees the other: a statement
     * made while the connection is being closed is either closed by close() or refused by track().
     */
    private static final VarHandle CLOSED =
            ConstantBootstraps.fieldVarHandle(
                    MethodHandles.lookup(),
                    "closed",
                    VarHandle.class,
                    LeasedConnection.class,
                    boolean.class);

    private final PooledConnection<Session> lease;
    private final Session session;
    private @Nullable LeasedStatement statements; // guarded by session.lock

    @SuppressWarnings("unused") // written by CLOSED
    private volatile boolean closed;

    LeasedConnection(PooledConnection<Session> lease, Session session) {
        super(session.connection());
        this.lease = lease;
        this.session = session;
    }

    @Override
    final Connection delegate() throws SQLException {
        session.use();
        if (closed) {
            throw closedFailure();
        }
        return raw;
    }

    @Override
    final Throwable failed(Throwable failure) {
        if (!closed && (failure instanceof Error || session.isEndedBy(failure))) {
            lease.expire();
        }
        return failure;
    }

    // from here on we don't see what is changed
    @Override
    final void exposed() throws SQLException {
        session.touchAll();
    }

    @Override
    public final void close() throws SQLException {
        if (CLOSED.compareAndSet(this, false, true)) {
            try {
                if (session.isUsed()) {
                    closeStatements();
                }
            } finally {
                lease.close();
            }
        }
    }

    @Override
    public final void abort(Executor executor) throws SQLException {
        if (executor == null) {
            throw new SQLException("abort needs an executor", "22004");
        }
        if (CLOSED.compareAndSet(this, false, true)) {
            lease.expire();
            try {
                raw.abort(executor);
            } finally {
                lease.close();
            }
        }
    }

    /// Returns whether the lease is over.
    final boolean isOver() {
        return closed;
    }

    @Override
    public final boolean isClosed() throws SQLException {
        return closed || raw.isClosed();
    }

    @Override
    public final boolean isValid(int timeoutSeconds) throws SQLException {
        if (timeoutSeconds < 0) {
            throw new SQLException("the timeout is negative: " + timeoutSeconds, "22023");
        }
        if (closed) {
            return false;
        }
        session.use();
        boolean valid;
        try {
            valid = raw.isValid(timeoutSeconds);
        } catch (Throwable t) {
            failed(t);
            throw t;
        }
        if (!valid) {
            lease.expire();
        }
        return valid;
    }

    // --- settings: remembered as touched before the driver sees them, whatever comes of it

    @Override
    public final void setReadOnly(boolean readOnly) throws SQLException {
        change(Setting.READ_ONLY, c -> c.setReadOnly(readOnly));
    }

    @Override
    public final void setTransactionIsolation(int level) throws SQLException {
        change(Setting.ISOLATION, c -> c.setTransactionIsolation(level));
    }

    @Override
    public final void setCatalog(String catalog) throws SQLException {
        change(Setting.CATALOG, c -> c.setCatalog(catalog));
    }

    @Override
    public final void setSchema(String schema) throws SQLException {
        change(Setting.SCHEMA, c -> c.setSchema(schema));
    }

    @Override
    public final void setNetworkTimeout(Executor executor, int millis) throws SQLException {
        change(Setting.NETWORK_TIMEOUT, c -> c.setNetworkTimeout(executor, millis));
    }

    @Override
    public final void setHoldability(int holdability) throws SQLException {
        change(Setting.HOLDABILITY, c -> c.setHoldability(holdability));
    }

    @Override
    public final void setTypeMap(Map<String, Class<?>> map) throws SQLException {
        change(Setting.TYPE_MAP, c -> c.setTypeMap(map));
    }

    @Override
    public final void setClientInfo(String name, String value) throws SQLClientInfoException {
        changeClientInfo(c -> c.setClientInfo(name, value));
    }

    @Override
    public final void setClientInfo(Properties properties) throws SQLClientInfoException {
        changeClientInfo(c -> c.setClientInfo(properties));
    }

    // a session whose sharding key was touched is destroyed in any case, whatever its use threw

    @Override
    public final void setShardingKey(ShardingKey key) throws SQLException {
        change(Setting.SHARDING_KEY, c -> c.setShardingKey(key));
    }

    @Override
    public final void setShardingKey(ShardingKey key, ShardingKey superKey) throws SQLException {
        change(Setting.SHARDING_KEY, c -> c.setShardingKey(key, superKey));
    }

    @Override
    public final boolean setShardingKeyIfValid(ShardingKey key, int seconds) throws SQLException {
        delegate();
        session.touch(Setting.SHARDING_KEY);
        return raw.setShardingKeyIfValid(key, seconds);
    }

    @Override
    public final boolean setShardingKeyIfValid(ShardingKey key, ShardingKey superKey, int seconds)
            throws SQLException {
        delegate();
        session.touch(Setting.SHARDING_KEY);
        return raw.setShardingKeyIfValid(key, superKey, seconds);
    }

    private void change(Setting setting, SqlConsumer<Connection> change) throws SQLException {
        delegate();
        session.touch(setting);
        try {
            change.accept(raw);
        } catch (Throwable t) {
            failed(t);
            throw t;
        }
    }

    private void changeClientInfo(SqlConsumer<Connection> change) throws SQLClientInfoException {
        try {
            change(Setting.CLIENT_INFO, change);
        } catch (SQLClientInfoException e) {
            throw e;
        } catch (SQLException e) {
            throw new SQLClientInfoException(
                    e.getMessage(), e.getSQLState(), e.getErrorCode(), Map.of(), e);
        }
    }

    // --- what the forwarded methods return leads back here

    final Statement wrap(Statement statement) throws SQLException {
        return track(Wrappers.statement(this, statement));
    }

    final PreparedStatement wrap(PreparedStatement statement) throws SQLException {
        return (PreparedStatement) track(Wrappers.prepared(this, statement));
    }

    final CallableStatement wrap(CallableStatement statement) throws SQLException {
        return (CallableStatement) track(Wrappers.callable(this, statement));
    }

    final DatabaseMetaData wrap(DatabaseMetaData metaData) {
        return Wrappers.metaData(this, metaData);
    }

    /// Enters a statement into the list of those that the end of the lease closes.
    final LeasedStatement track(LeasedStatement statement) throws SQLException {
        session.lock.lock();
        try {
            if (!closed) {
                LeasedStatement first = statements;
                statement.next = first;
                statement.linked = true;
                if (first != null) {
                    first.previous = statement;
                }
                statements = statement;
                return statement;
            }
        } finally {
            session.lock.unlock();
        }
        // closed by another thread meanwhile
        statement.raw.close();
        throw closedFailure();
    }

    /// Takes a statement that is closed from the list.
    final void forget(LeasedStatement statement) {
        session.lock.lock();
        try {
            if (!statement.linked) {
                return;
            }
            LeasedStatement previous = statement.previous;
            LeasedStatement next = statement.next;
            if (previous == null) {
                statements = next;
            } else {
                previous.next = next;
            }
            if (next != null) {
                next.previous = previous;
            }
            statement.previous = null;
            statement.next = null;
            statement.linked = false;
        } finally {
            session.lock.unlock();
        }
    }

    // a statement that can't be closed spoils the session: it is destroyed, not given to the next
    private void closeStatements() {
        Error error = null;
        for (LeasedStatement s = takeStatement(); s != null; s = takeStatement()) {
            try {
                session.limitAnswers();
                s.raw.close();
            } catch (Throwable t) {
                session.spoil(t);
                error = error == null && t instanceof Error e ? e : error;
            }
        }
        if (error != null) {
            throw error;
        }
    }

    private @Nullable LeasedStatement takeStatement() {
        session.lock.lock();
        try {
            LeasedStatement first = statements;
            if (first != null) {
                var _ = first.end();
                forget(first);
            }
            return first;
        } finally {
            session.lock.unlock();
        }
    }

    private static SQLException closedFailure() {
        return new SQLNonTransientConnectionException(
                "the connection is closed: its lease ended with close()", "08003");
    }

    @Override
    public final String toString() {
        return (closed ? "closed lease of " : "lease of ") + session;
    }
}
