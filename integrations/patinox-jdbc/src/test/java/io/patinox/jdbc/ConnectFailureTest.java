package io.patinox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.patinox.jdbc.internal.Database;
import io.patinox.memory.error.PoolInterruptedException;
import io.patinox.memory.error.RecoveryStrategy;
import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.monitor.MonitorEvent;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// There is no connection to be had: who asks learns why, in time, and without the password.
final class ConnectFailureTest {
    private static final String WRONG = "wr0ng-Secret!42";

    private static String server() {
        String url = Database.POSTGRES.url();
        return url.substring(0, url.indexOf('?'));
    }

    private static JdbcException failure(PatinoxDataSourceBuilder builder) {
        return catchThrowableOfType(JdbcException.class, () -> builder.build().close());
    }

    private static String everything(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text)); // messages, causes and suppressed
        for (Throwable t = failure; t != null; t = t.getCause()) {
            text.append(t.toString()).append(String.valueOf(t.getLocalizedMessage()));
            if (t instanceof SQLException e && e.getNextException() != null) {
                text.append(e.getNextException().toString());
            }
        }
        return text.toString();
    }

    @Test
    void password_right_connects() throws SQLException {
        try (PatinoxDataSource source =
                        PatinoxDataSource.builder(server())
                                .user(Database.USER)
                                .password(Database.PASSWORD)
                                .build();
                var connection = source.getConnection()) {
            assertThat(connection.getMetaData().getUserName()).isEqualTo(Database.USER);
        }
    }

    @Test
    void password_wrong_isToldByBuildAtOnce() {
        JdbcException e =
                failure(
                        PatinoxDataSource.builder(server())
                                .user(Database.USER)
                                .password(WRONG)
                                .acquireTimeout(Duration.ofMinutes(10)));

        assertThat(e.jdbcCode()).isEqualTo(JdbcErrorCode.AUTHENTICATION);
        assertThat(e.strategy()).isInstanceOf(RecoveryStrategy.Fail.class);
        assertThat(e)
                .hasMessageContaining(server())
                .hasMessageContaining(Database.USER)
                .hasCauseInstanceOf(SQLException.class);
        assertThat(((SQLException) e.getCause()).getSQLState()).isEqualTo("28P01");
        assertThat(everything(e)).doesNotContain(WRONG);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?user=app&password=wr0ng-Secret!42",
                "?user=app&password=wr0ng-Secret%2142"
            })
    void password_wrongInTheUrl_isHiddenEverywhere(String parameters) {
        JdbcException e = failure(PatinoxDataSource.builder(server() + parameters));

        assertThat(e.jdbcCode()).isEqualTo(JdbcErrorCode.AUTHENTICATION);
        assertThat(everything(e)).doesNotContain(WRONG).doesNotContain("wr0ng-Secret");
    }

    private static Throwable failureOf(MonitorEvent event) {
        return switch (event) {
            case MonitorEvent.CreateFailed e -> e.failure();
            case MonitorEvent.PoolUnavailable e -> e.failure();
            default -> throw new AssertionError("not expected: " + event);
        };
    }

    @Test
    void password_wrongAndNotChecked_isToldByGetConnectionWithinItsTime() {
        Queue<MonitorEvent> events = new ConcurrentLinkedQueue<>();
        PatinoxDataSourceBuilder builder =
                PatinoxDataSource.builder(server())
                        .user(Database.USER)
                        .password(WRONG)
                        .checkAtBuild(false)
                        .acquireTimeout(Duration.ofMillis(700))
                        .monitor(recording(events));
        try (PatinoxDataSource source = builder.build()) {
            Throwable e = catchThrowable(source::getConnection);

            assertThat(e)
                    .isInstanceOf(SQLInvalidAuthorizationSpecException.class)
                    .hasFieldOrPropertyWithValue("SQLState", "28000")
                    .hasMessageStartingWith("JDBC-AUTHENTICATION: ")
                    .hasMessageContaining("POOL-ACQUIRE-TIMEOUT");
            assertThat(RecoveryStrategy.of(e)).isEqualTo(JdbcErrorCode.AUTHENTICATION.strategy());
            assertThat(everything(e)).doesNotContain(WRONG);
            await().until(() -> !events.isEmpty());
            assertThat(events)
                    .allSatisfy(event ->
                            assertThat(event + event.message() + everything(failureOf(event)))
                                    .doesNotContain(WRONG));
            String shown =
                    source + " " + source.metrics() + " " + source.health().reasons() + builder;
            assertThat(shown).doesNotContain(WRONG).contains("PatinoxDataSource");
        }
    }

    private static Monitor recording(Queue<MonitorEvent> events) {
        return new Monitor() {
            @Override
            public void publish(MonitorEvent event) {
                events.add(event);
            }
        };
    }

    @Test
    void database_unknown_isTold() {
        JdbcException e =
                failure(
                        PatinoxDataSource.builder(
                                server().replace("/postgres", "/no_such_database")
                                        + "?user=postgres"));
        assertThat(e.jdbcCode()).isEqualTo(JdbcErrorCode.DATABASE_UNKNOWN);
        assertThat(e).hasMessageContaining("no_such_database");
    }

    @Test
    void database_unknownToH2_isTold() {
        JdbcException e = failure(PatinoxDataSource.builder("jdbc:h2:mem:nobody;IFEXISTS=TRUE"));
        assertThat(e.jdbcCode()).isEqualTo(JdbcErrorCode.DATABASE_UNKNOWN);
    }

    @Test
    void password_wrongForH2_isTold() throws SQLException {
        Database.H2.open().close(); // it is made by its first user
        JdbcException e =
                failure(
                        PatinoxDataSource.builder("jdbc:h2:mem:patinox;DB_CLOSE_DELAY=-1")
                                .user("sa")
                                .password(WRONG));
        assertThat(e.jdbcCode()).isEqualTo(JdbcErrorCode.AUTHENTICATION);
        assertThat(everything(e)).doesNotContain(WRONG);
    }

    @Test
    void host_unknown_isTold() {
        JdbcException e =
                failure(PatinoxDataSource.builder("jdbc:postgresql://no-such-host.invalid/x"));
        assertThat(e.jdbcCode()).isEqualTo(JdbcErrorCode.HOST_UNKNOWN);
        assertThat(e.strategy()).isInstanceOf(RecoveryStrategy.Retry.class);
    }

    @Test
    void port_refused_isToldByBuildAndByGetConnection() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        String url = "jdbc:postgresql://localhost:" + port + "/x?password=" + WRONG;
        JdbcException e = failure(PatinoxDataSource.builder(url));
        assertThat(e.jdbcCode()).isEqualTo(JdbcErrorCode.CONNECT_REFUSED);
        assertThat(everything(e)).doesNotContain(WRONG);

        try (PatinoxDataSource source =
                PatinoxDataSource.builder(url)
                        .checkAtBuild(false)
                        .acquireTimeout(Duration.ofMillis(300))
                        .build()) {
            assertThat(catchThrowable(source::getConnection))
                    .isInstanceOf(SQLTransientConnectionException.class)
                    .hasMessageStartingWith("JDBC-CONNECT-REFUSED");
        }
    }

    /// Accepts connections and never says a word.
    private static ServerSocket silentServer() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @Test
    void server_acceptsAndSaysNothing_isGivenUpAfterConnectTimeout() throws IOException {
        try (ServerSocket silent = silentServer()) {
            JdbcException e =
                    failure(
                            PatinoxDataSource.builder(
                                            "jdbc:postgresql://localhost:"
                                                    + silent.getLocalPort()
                                                    + "/x")
                                    .connectTimeout(Duration.ofMillis(900)));
            assertThat(e.jdbcCode()).isEqualTo(JdbcErrorCode.CONNECT_TIMEOUT);
        }
    }

    @Test
    void server_saysNothingAndTheDriverWaitsForEver_isGivenUpAfterCreateTimeout()
            throws IOException {
        try (ServerSocket silent = silentServer()) {
            String url =
                    "jdbc:postgresql://localhost:"
                            + silent.getLocalPort()
                            + "/x?loginTimeout=0&connectTimeout=0";
            JdbcException e =
                    failure(PatinoxDataSource.builder(url).createTimeout(Duration.ofMillis(300)));
            assertThat(e.jdbcCode()).isEqualTo(JdbcErrorCode.CONNECT_TIMEOUT);
        }
    }

    @Test
    void build_interrupted_failsWithTheFlagSet() throws Exception {
        try (ServerSocket silent = silentServer()) {
            String url = "jdbc:postgresql://localhost:" + silent.getLocalPort() + "/x";
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread builder =
                    Thread.startVirtualThread(() -> {
                        Thread.currentThread().interrupt();
                        thrown.set(catchThrowable(() -> PatinoxDataSource.builder(url).build()));
                        if (!Thread.currentThread().isInterrupted()) {
                            thrown.set(new AssertionError("flag lost"));
                        }
                    });
            builder.join();
            assertThat(thrown.get()).isInstanceOf(PoolInterruptedException.class);
        }
    }

    @Test
    void driver_noneTakesTheUrl_isToldWithTheOnesPresent() {
        JdbcException e =
                failure(
                        PatinoxDataSource.builder("jdbc:nothing://db/x?password=" + WRONG)
                                .checkAtBuild(false));
        assertThat(e.jdbcCode()).isEqualTo(JdbcErrorCode.URL);
        assertThat(e)
                .hasMessageContaining("jdbc:nothing://db/x")
                .hasMessageContaining("org.postgresql.Driver")
                .hasMessageContaining("org.h2.Driver");
        assertThat(everything(e)).doesNotContain(WRONG);
    }

    @Test
    void delegate_returnsNothing_isToldWithItsType() {
        JdbcException e = failure(PatinoxDataSource.builder(new RecordingDataSource(() -> null)));
        assertThat(e.jdbcCode()).isEqualTo(JdbcErrorCode.CONNECT_FAILED);
        assertThat(e).hasMessageContaining("RecordingDataSource");
    }

    @Test
    void setting_refusedByTheDatabase_closesTheConnectionAndIsTold() {
        JdbcException e =
                failure(PatinoxDataSource.builder(Database.H2.url()).schema("NO_SUCH_SCHEMA"));
        assertThat(e.jdbcCode()).isEqualTo(JdbcErrorCode.CONNECT_FAILED);
        assertThat(e).hasMessageContaining("NO_SUCH_SCHEMA");
    }

    @Test
    void build_failsOnceItHasAConnection_leavesNoneOnTheServer() throws SQLException {
        // two are opened at once, and one of them fails: whichever comes first decides
        for (int i = 0; i < 20; i++) {
            AtomicInteger opened = new AtomicInteger();
            RecordingDataSource delegate =
                    new RecordingDataSource(() -> {
                        if (opened.getAndIncrement() % 2 == 1) {
                            throw new SQLException("every other one", "08001");
                        }
                        return Database.H2.open();
                    });
            try {
                PatinoxDataSource.builder(delegate).minSize(2).build().close();
            } catch (JdbcException e) {
                assertThat(e.jdbcCode()).isEqualTo(JdbcErrorCode.UNAVAILABLE);
            }
            await().until(() -> Database.H2.connections() == 1);
        }
    }

    @Test
    void driver_error_isThrownAsItIs() {
        LinkageError error = new LinkageError("driver");
        Throwable thrown =
                catchThrowable(() ->
                        PatinoxDataSource.builder(
                                        new RecordingDataSource(() -> {
                                            throw error;
                                        }))
                                .build());
        assertThat(thrown).isSameAs(error);
    }
}
