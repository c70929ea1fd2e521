package io.patinox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patinox.jdbc.internal.Database;
import io.patinox.memory.error.PoolInterruptedException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The connection that `build()` opens is found by the first borrower, or closed if there is no
/// data source after all.
final class FirstConnectionTest {
    private static final String NAME = "first-connection";
    private static final int ROUNDS = 40;

    private static String url() {
        return Database.POSTGRES.url() + "&ApplicationName=" + NAME;
    }

    private static Connection open() throws SQLException {
        return DriverManager.getConnection(url());
    }

    private static PatinoxDataSourceBuilder builder(RecordingDataSource.Opener opener) {
        return PatinoxDataSource.builder(new RecordingDataSource(opener)).name(NAME).minSize(2);
    }

    @AfterEach
    void nothingIsLeft() {
        await().until(() -> onServer() == 0);
        await().until(FirstConnectionTest::noThread);
    }

    private static boolean noThread() {
        return Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("patinox-pool-" + NAME));
    }

    private static int onServer() throws SQLException {
        try (Connection connection = Database.POSTGRES.open();
                Statement statement = connection.createStatement();
                ResultSet results =
                        statement.executeQuery(
                                "SELECT COUNT(*) FROM pg_stat_activity WHERE application_name = '"
                                        + NAME
                                        + "'")) {
            results.next();
            return results.getInt(1);
        }
    }

    private static SQLException tooMany() {
        return new SQLException("too many connections", "53300");
    }

    @Test
    void build_oneAttemptSucceedsAndTheOtherFails_succeeds() throws SQLException {
        for (int i = 0; i < ROUNDS; i++) {
            AtomicInteger attempts = new AtomicInteger();
            PatinoxDataSourceBuilder builder =
                    builder(() -> {
                        if (attempts.incrementAndGet() != 1) {
                            throw tooMany();
                        }
                        return open();
                    });
            try (PatinoxDataSource source = builder.build();
                    Connection connection = source.getConnection()) {
                assertThat(connection.isValid(5)).isTrue();
            }
        }
    }

    @Test
    void build_theOtherAttemptFailsFirst_succeeds() throws SQLException {
        CountDownLatch failed = new CountDownLatch(1);
        AtomicInteger attempts = new AtomicInteger();
        PatinoxDataSourceBuilder builder =
                builder(() -> {
                    if (attempts.incrementAndGet() != 1) {
                        failed.countDown();
                        throw tooMany();
                    }
                    awaitUnchecked(failed);
                    return open();
                });
        try (PatinoxDataSource source = builder.build();
                Connection connection = source.getConnection()) {
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    private static void awaitUnchecked(CountDownLatch latch) throws SQLException {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new SQLException(e);
        }
    }

    @Test
    void build_everyAttemptFails_throwsTheFailure() {
        for (int i = 0; i < ROUNDS; i++) {
            assertThatThrownBy(() ->
                            builder(
                                            () -> {
                                                throw tooMany();
                                            })
                                    .build())
                    .isInstanceOf(JdbcException.class)
                    .hasMessageContaining("too many connections");
        }
    }

    @Test
    void build_interruptedAtTheMomentOfCompletion_leavesNoConnection() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            AtomicReference<Thread> building = new AtomicReference<>();
            AtomicReference<Object> outcome = new AtomicReference<>();
            PatinoxDataSourceBuilder builder =
                    builder(() -> {
                        Connection connection = open();
                        building.get().interrupt();
                        return connection;
                    });
            building.set(Thread.ofVirtual().unstarted(() -> outcome.set(build(builder))));
            building.get().start();
            building.get().join();
            if (outcome.get() instanceof PatinoxDataSource source) {
                source.close();
            } else {
                assertThat(outcome.get()).isInstanceOf(PoolInterruptedException.class);
            }
        }
    }

    private static Object build(PatinoxDataSourceBuilder builder) {
        try {
            return builder.build();
        } catch (PoolInterruptedException e) {
            return Thread.currentThread().isInterrupted() ? e : new AssertionError("no flag", e);
        } catch (Throwable t) {
            return t;
        }
    }
}
