package io.patinox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patinox.jdbc.internal.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// A connection dies while it is lent or idle: nobody after that gets it.
final class LostConnectionTest {
    private static PatinoxDataSource source(String url) {
        return PatinoxDataSource.builder(url)
                .maxSize(1)
                .acquireTimeout(Duration.ofSeconds(20))
                .build();
    }

    private static int backend(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery("SELECT pg_backend_pid()")) {
            results.next();
            return results.getInt(1);
        }
    }

    private static void terminate(int backend) throws SQLException {
        try (Connection connection = Database.POSTGRES.open();
                Statement statement = connection.createStatement();
                ResultSet results =
                        statement.executeQuery(
                                "SELECT pg_terminate_backend(" + backend + ", 5000)")) {
            results.next();
            assertThat(results.getBoolean(1)).isTrue();
        }
    }

    private static long retired(PatinoxDataSource source, String reason) {
        return source.metrics().counters().get("pool.retired." + reason);
    }

    @Test
    void backend_terminatedInMidUse_borrowerIsToldAndTheNextGetsAFreshConnection()
            throws SQLException {
        try (PatinoxDataSource source = source(Database.POSTGRES.url())) {
            int first;
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                first = backend(connection);
                connection.setAutoCommit(false);
                statement.execute("SELECT 1");
                terminate(first);
                assertThatThrownBy(() -> statement.execute("SELECT 1"))
                        .isInstanceOf(SQLException.class)
                        .hasFieldOrPropertyWithValue("SQLState", "57P01");
            }
            try (Connection connection = source.getConnection()) {
                assertThat(backend(connection)).isNotEqualTo(first);
                assertThat(connection.getAutoCommit()).isTrue();
            }
            assertThat(retired(source, "broken")).isEqualTo(1);
        }
    }

    @Test
    void backend_terminatedWhileLentAndNotNoticed_failsAtItsResetAndIsNotLentAgain()
            throws SQLException {
        try (PatinoxDataSource source = source(Database.POSTGRES.url())) {
            int first;
            try (Connection connection = source.getConnection()) {
                first = backend(connection);
                connection.setAutoCommit(false);
                backend(connection);
                terminate(first);
            }
            try (Connection connection = source.getConnection()) {
                assertThat(backend(connection)).isNotEqualTo(first);
            }
            assertThat(retired(source, "recycle-failed")).isEqualTo(1);
        }
    }

    @Test
    void backend_terminatedWhileIdle_isFoundByValidation() throws SQLException {
        try (PatinoxDataSource source =
                PatinoxDataSource.builder(Database.POSTGRES.url())
                        .maxSize(1)
                        .validationBypass(Duration.ZERO)
                        .build()) {
            int first;
            try (Connection connection = source.getConnection()) {
                first = backend(connection);
            }
            terminate(first);
            try (Connection connection = source.getConnection()) {
                assertThat(backend(connection)).isNotEqualTo(first);
            }
            assertThat(retired(source, "invalid")).isEqualTo(1);
        }
    }

    @Test
    void query_cancelled_connectionIsKept() throws SQLException {
        try (PatinoxDataSource source = source(Database.POSTGRES.url())) {
            int first;
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                first = backend(connection);
                statement.setQueryTimeout(1);
                assertThatThrownBy(() -> statement.execute("SELECT pg_sleep(60)"))
                        .hasFieldOrPropertyWithValue("SQLState", "57014");
            }
            try (Connection connection = source.getConnection()) {
                assertThat(backend(connection)).isEqualTo(first);
            }
            assertThat(retired(source, "broken")).isZero();
        }
    }

    @Test
    void abort_connection_nextGetsAFreshOne() throws SQLException {
        try (PatinoxDataSource source = source(Database.POSTGRES.url())) {
            Connection connection = source.getConnection();
            int first = backend(connection);
            connection.abort(Runnable::run);
            assertThat(connection.isClosed()).isTrue();
            try (Connection next = source.getConnection()) {
                assertThat(backend(next)).isNotEqualTo(first);
            }
            assertThat(retired(source, "broken")).isEqualTo(1);
        }
    }

    @Test
    void server_restarted_lendsAgainByItself() throws Exception {
        Path data = Files.createTempDirectory("patinox-restart");
        int port = freePort();
        EmbeddedPostgres server = start(data, port);
        String url = server.getJdbcUrl("postgres", "postgres");
        try (PatinoxDataSource source =
                PatinoxDataSource.builder(url)
                        .maxSize(3)
                        .validationBypass(Duration.ZERO)
                        .acquireTimeout(Duration.ofSeconds(1))
                        .build()) {
            Connection held = source.getConnection();
            try (Connection other = source.getConnection()) {
                assertThat(backend(other)).isNotEqualTo(backend(held));
            }
            server.close();

            assertThatThrownBy(() -> backend(held)).isInstanceOf(SQLException.class);
            held.close();
            assertThatThrownBy(source::getConnection)
                    .isInstanceOf(SQLTransientConnectionException.class)
                    .hasMessageStartingWith("JDBC-CONNECT-REFUSED")
                    .hasMessageContaining("POOL-ACQUIRE-TIMEOUT");
            assertThat(source.pool().size()).isZero();

            server = start(data, port);
            await().atMost(Duration.ofSeconds(20)).until(() -> answers(source));
        } finally {
            server.close();
            deleteAll(data);
        }
    }

    private static boolean answers(PatinoxDataSource source) {
        try (Connection connection = source.getConnection()) {
            return backend(connection) > 0;
        } catch (SQLException e) {
            return false;
        }
    }

    private static EmbeddedPostgres start(Path data, int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void deleteAll(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
