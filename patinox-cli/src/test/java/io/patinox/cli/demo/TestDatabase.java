package io.patinox.cli.demo;

import io.patinox.cli.demo.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// One real PostgreSQL for all tests that take it as a parameter; stopped after the last of them.
public final class TestDatabase implements AutoCloseable {

    private final Path directory;
    private final PostgresServer server;

    private TestDatabase() throws IOException, InterruptedException {
        directory = Files.createTempDirectory("patinox-test-");
        server = PostgresServer.create(directory, 50, () -> false);
        server.start(() -> false);
    }

    /// Returns the URL, without user and password.
    public String url() {
        return server.jdbcUrl();
    }

    /// Returns the owner's name.
    public String user() {
        return PostgresServer.USER;
    }

    /// Returns the owner's password.
    public String password() {
        return server.password();
    }

    /// Returns a new connection in auto-commit mode.
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), user(), password());
    }

    @Override
    public void close() throws IOException {
        server.stop();
        EmbeddedDatabase.delete(directory);
    }

    /// Gives the database to tests that ask for it.
    public static final class Resolver implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == TestDatabase.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(TestDatabase.class))
                    .computeIfAbsent(TestDatabase.class, type -> start(), TestDatabase.class);
        }

        private static TestDatabase start() {
            try {
                return new TestDatabase();
            } catch (IOException | InterruptedException failed) {
                throw new IllegalStateException(failed);
            }
        }
    }
}
