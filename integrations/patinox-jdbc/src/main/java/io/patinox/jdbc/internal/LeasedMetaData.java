package io.patinox.jdbc.internal;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/// The metadata of a leased connection. It asks the database, so it ends with the lease.
abstract class LeasedMetaData extends Leased<DatabaseMetaData> implements DatabaseMetaData {
    private final LeasedConnection connection;

    LeasedMetaData(LeasedConnection connection, DatabaseMetaData raw) {
        super(raw);
        this.connection = connection;
    }

    @Override
    final DatabaseMetaData delegate() throws SQLException {
        connection.delegate();
        return raw;
    }

    @Override
    public final Connection getConnection() throws SQLException {
        connection.delegate();
        return connection;
    }

    // The driver made a statement for these rows. It becomes one of the borrower's, so that it is
    // closed with the lease and does not lead to the driver's connection.
    final @Nullable ResultSet wrap(@Nullable ResultSet results) throws SQLException {
        if (results == null) {
            return null;
        }
        Statement statement = results.getStatement();
        if (statement == null) {
            return Wrappers.resultSet(connection, null, results);
        }
        LeasedStatement owner = connection.track(Wrappers.statement(connection, statement));
        owner.closesOnCompletion = true;
        return Wrappers.resultSet(connection, owner, results);
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
