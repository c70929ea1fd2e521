package io.patinox.jdbc.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What every borrower finds. A `null` leaves what the driver or the database gives.
///
/// @param autoCommit whether each statement is a transaction of its own
/// @param readOnly whether the connection is marked read-only
/// @param isolation one of the levels of [Connection]
/// @param catalog the catalog
/// @param schema the schema
/// @param networkTimeout how long the driver waits for an answer of the database
public record SessionSettings(
        boolean autoCommit,
        boolean readOnly,
        @Nullable Integer isolation,
        @Nullable String catalog,
        @Nullable String schema,
        @Nullable Duration networkTimeout) {

    // auto-commit is on meanwhile: see Session
    void apply(Connection connection) throws SQLException {
        if (networkTimeout != null) {
            connection.setNetworkTimeout(Runnable::run, (int) networkTimeout.toMillis());
        }
        if (readOnly) {
            connection.setReadOnly(true);
        }
        if (isolation != null) {
            connection.setTransactionIsolation(isolation);
        }
        if (catalog != null) {
            connection.setCatalog(catalog);
        }
        if (schema != null) {
            connection.setSchema(schema);
        }
    }
}
