package io.patinox.jdbc.internal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/// A statement of a leased connection, of any of the three kinds: `Forwarding` adds what makes it a
/// `PreparedStatement` or a `CallableStatement`.
///
/// It is a link of its connection's list of open statements; `previous`, `next` and `linked` belong
/// to the connection and are guarded by the session's lock.
abstract class LeasedStatement extends Leased<Statement> implements Statement {
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
    public final Connection getConnection() {
        return connection;
    }

    @Override
    public final void closeOnCompletion() throws SQLException {
        try {
            raw.closeOnCompletion();
        } catch (Throwable t) {
            failed(t);
            throw t;
        }
        closesOnCompletion = true;
    }

    // a statement that failed to close stays in the list: the end of the lease tries once more
    @Override
    public final void close() throws SQLException {
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
    final Throwable failed(Throwable failure) {
        return connection.failed(failure);
    }
}
