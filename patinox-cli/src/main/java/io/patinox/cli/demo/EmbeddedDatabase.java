package io.patinox.cli.demo;

import io.patinox.cli.demo.bank.BankSchema;
import io.patinox.cli.demo.postgres.PostgresServer;
import io.patinox.memory.resource.AsyncResourceGuard;
import io.patinox.memory.resource.ResourceRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/// A PostgreSQL of our own in a temporary directory; both are guarded, so both are gone at the end.
final class EmbeddedDatabase implements Database {

    /// The chaos and the audit need connections too, and some are reserved for superusers.
    private static final int CONNECTIONS_BESIDE = 16;

    private final AsyncResourceGuard<Path> directory;
    private final AsyncResourceGuard<PostgresServer> server;
    private final String version;

    private EmbeddedDatabase(
            ResourceRegistry registry,
            AsyncResourceGuard<Path> directory,
            AsyncResourceGuard<PostgresServer> server)
            throws SQLException {
        this.directory = directory;
        this.server = server;
        try (AsyncResourceGuard<Connection> guard =
                Connections.open(registry, connections("patinox-demo-setup"))) {
            Connection connection = guard.get();
            BankSchema.create(connection);
            this.version = connection.getMetaData().getDatabaseProductVersion();
        }
    }

    /// Unpacks, initializes and starts a server.
    static EmbeddedDatabase open(ResourceRegistry registry, int poolSize, StopSignal stop)
            throws IOException, SQLException, InterruptedException {
        AsyncResourceGuard<Path> directory =
                registry.acquire(
                        "temporary-directory",
                        () -> Files.createTempDirectory("patinox-demo-"),
                        EmbeddedDatabase::delete);
        try {
            PostgresServer made =
                    PostgresServer.create(
                            directory.get(), poolSize + CONNECTIONS_BESIDE, stop::isRequested);
            // guarded before it starts: a start that fails or is broken off is stopped all the same
            AsyncResourceGuard<PostgresServer> server =
                    registry.acquire("postgres-server", () -> made, PostgresServer::stop);
            try {
                made.start(stop::isRequested);
                return new EmbeddedDatabase(registry, directory, server);
            } catch (IOException | SQLException | InterruptedException | RuntimeException failed) {
                server.close();
                throw failed;
            }
        } catch (IOException | SQLException | InterruptedException | RuntimeException failed) {
            directory.close();
            throw failed;
        }
    }

    @Override
    public String title() {
        return "PostgreSQL " + version + ", embedded";
    }

    @Override
    public DataSource connections(String applicationName) {
        PostgresServer running = server.get();
        var source = new PGSimpleDataSource();
        source.setUrl(running.jdbcUrl());
        source.setUser(PostgresServer.USER);
        source.setPassword(running.password());
        source.setApplicationName(applicationName);
        return source;
    }

    @Override
    public boolean canRestart() {
        return true;
    }

    @Override
    public void crash() throws IOException {
        server.get().crash();
    }

    /// Not to be broken off: the audit needs the server.
    @Override
    public void startAgain() throws IOException, InterruptedException {
        server.get().start(() -> false);
    }

    @Override
    public void close() {
        try {
            server.close();
        } finally {
            directory.close();
        }
    }

    static void delete(Path directory) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(directory)) {
            paths = walk.toList();
        }
        for (Path path : paths.reversed()) {
            Files.deleteIfExists(path);
        }
    }
}
