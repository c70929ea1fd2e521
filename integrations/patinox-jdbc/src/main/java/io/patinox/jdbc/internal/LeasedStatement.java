package io.patinox.jdbc.internal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A statement of a leased connection, of any of the three kinds: `Forwarding` adds what makes it a
/// `PreparedStatement` or a `CallableStatement`.
///
/// It is a link of its connection's list of open statements; `previous`, `next` and `linked` belong
/// to the connection and are guarded by the session's lock.
abstract class LeasedStatement extends Leased<Statement> implements Statement {
    /*
     * Drivers that cache statements issue the same object again, to the next borrower or to this
     * one. So it does not tell whether this statement is closed, and must not be touched by who
     * held it before: `closed` is this statement's own. It is set before the driver's object is
     * closed, and by whoever closes that.
     */
    private final AtomicBoolean closed = new AtomicBoolean();

    final LeasedConnection connection;
    @Nullable LeasedStatement previous;
    @Nullable LeasedStatement next;
    boolean linked;

    /// True if the driver closes this statement by itself, with its last result set.
    volatile boolean closesOnCompletion;

    LeasedStatement(LeasedConnection connection, Statement raw) {
        super(raw);
        this.connection = connection;
    }

    @Override
    final Statement delegate() throws SQLException {
        connection.delegate();
        if (closed.get()) {
            throw new SQLException("the statement is closed", "07000");
        }
        return raw;
    }

    @Override
    public final Connection getConnection() throws SQLException {
        delegate();
        return connection;
    }

    @Override
    public final void closeOnCompletion() throws SQLException {
        delegate();
        try {
            raw.closeOnCompletion();
        } catch (Throwable t) {
            failed(t);
            throw t;
        }
        closesOnCompletion = true;
    }

    @Override
    public final boolean isClosed() throws SQLException {
        if (isOver()) {
            return true;
        }
        try {
            return raw.isClosed();
        } catch (Throwable t) {
            failed(t);
            throw t;
        }
    }

    /// Returns whether this statement must not be used any more, whatever the driver says of its
    /// own, which may be somebody else's by now.
    final boolean isOver() {
        return closed.get() || connection.isOver();
    }

    /// Notes that the driver's statement is being closed, or has closed itself.
    ///
    /// @return true if nobody else has noted it
    final boolean end() {
        return closed.compareAndSet(false, true);
    }

    // a statement that failed to close stays in the list: the end of the lease tries once more
    @Override
    public final void close() throws SQLException {
        if (connection.isOver() || !end()) {
            return;
        }
        try {
            raw.close();
        } catch (Throwable t) {
            failed(t);
            throw t;
        }
        connection.forget(this);
    }

    final @Nullable ResultSet wrap(@Nullable ResultSet results) {
        return results == null ? null : Wrappers.resultSet(connection, this, results);
    }

    @Override
    final void exposed() throws SQLException {
        connection.exposed();
    }

    @Override
    final Throwable failed(Throwable failure) {
        return connection.failed(failure);
    }
}
