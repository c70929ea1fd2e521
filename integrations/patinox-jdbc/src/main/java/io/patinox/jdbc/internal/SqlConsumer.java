package io.patinox.jdbc.internal;

import java.sql.SQLException;

/// Something done with a JDBC object.
@FunctionalInterface
interface SqlConsumer<T> {
    void accept(T target) throws SQLException;
}
