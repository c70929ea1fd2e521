package io.patinox.cli.demo;

import io.patinox.memory.error.ResourceAcquireException;
import io.patinox.memory.resource.AsyncResourceGuard;
import io.patinox.memory.resource.ResourceRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/// Opens the connections of the demo itself, beside the pool: each is a resource of the registry,
/// and so part of the balance in the report.
final class Connections {
    private Connections() {}

    static AsyncResourceGuard<Connection> open(ResourceRegistry registry, DataSource source)
            throws SQLException {
        try {
            return registry.acquire("connection", source::getConnection, Connection::close);
        } catch (ResourceAcquireException refused) {
            if (refused.getCause() instanceof SQLException failure) {
                throw failure;
            }
            throw refused;
        }
    }
}
