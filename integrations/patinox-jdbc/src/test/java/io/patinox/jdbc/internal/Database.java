package io.patinox.jdbc.internal;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// The databases that the tests run against.
public enum Database {
    /// A real server, started once for all tests; it ends with the JVM.
    POSTGRES {
        @Override
        public String url() {
            return Postgres.SERVER.getJdbcUrl("postgres", "postgres");
        }

        @Override
        public int connections() throws SQLException {
            return count(
                    "SELECT COUNT(*) FROM pg_stat_activity WHERE backend_type = 'client backend'");
        }
    },

    /// In memory, in this process.
    H2 {
        @Override
        public String url() {
            return "jdbc:h2:mem:patinox;DB_CLOSE_DELAY=-1;USER=sa";
        }

        @Override
        public int connections() throws SQLException {
            return count("SELECT COUNT(*) FROM INFORMATION_SCHEMA.SESSIONS");
        }
    };

    /// The one user of the PostgreSQL server that must give a password, and the password.
    public static final String USER = "app";

    /// See [#USER].
    public static final String PASSWORD = "right-0penSesame";

    private static final class Postgres {
        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server =
                        EmbeddedPostgres.builder().setServerConfig("max_connections", "60").start();
                try (Connection connection = server.getPostgresDatabase().getConnection();
                        Statement statement = connection.createStatement()) {
                    addUserWithPassword(statement);
                }
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        // the embedded server trusts everybody by default
        private static void addUserWithPassword(Statement statement)
                throws SQLException, IOException {
            statement.execute("CREATE ROLE " + USER + " LOGIN PASSWORD '" + PASSWORD + "'");
            Path rules;
            try (ResultSet results = statement.executeQuery("SHOW hba_file")) {
                results.next();
                rules = Path.of(results.getString(1));
            }
            String rule = "host all " + USER + " all scram-sha-256\n";
            Files.writeString(rules, rule + Files.readString(rules));
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    /// A URL that needs neither user nor password beside it.
    public abstract String url();

    /// How many connections the database has, the one that asks included.
    public abstract int connections() throws SQLException;

    int count(String query) throws SQLException {
        try (Connection connection = open();
                Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(query)) {
            results.next();
            return results.getInt(1);
        }
    }

    /// Opens a connection of the driver's own.
    public Connection open() throws SQLException {
        return DriverManager.getConnection(url());
    }
}
