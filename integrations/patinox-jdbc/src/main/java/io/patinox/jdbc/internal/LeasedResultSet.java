package io.patinox.jdbc.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/// A result set of a leased connection, which leads back to the borrower's own statement.
abstract class LeasedResultSet extends Leased<ResultSet> implements ResultSet {
    private final LeasedConnection connection;
    private final @Nullable LeasedStatement statement;

    LeasedResultSet(
            LeasedConnection connection, @Nullable LeasedStatement statement, ResultSet raw) {
        super(raw);
        this.connection = connection;
        this.statement = statement;
    }

    @Override
    final ResultSet delegate() throws SQLException {
        if (statement == null) {
            connection.delegate();
        } else {
            statement.delegate();
        }
        return raw;
    }

    private boolean isOver() {
        return statement == null ? connection.isOver() : statement.isOver();
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

    @Override
    public final @Nullable Statement getStatement() throws SQLException {
        if (isClosed()) {
            throw new SQLException("the result set is closed", "24000");
        }
        return statement;
    }

    @Override
    public final void close() throws SQLException {
        if (isOver()) {
            return; // closed with its statement
        }
        try {
            raw.close();
        } catch (Throwable t) {
            failed(t);
            throw t;
        }
        if (statement != null && statement.closesOnCompletion && statement.raw.isClosed()) {
            statement.end();
            connection.forget(statement);
        }
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
