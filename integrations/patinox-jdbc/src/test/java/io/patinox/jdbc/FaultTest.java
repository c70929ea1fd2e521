package io.patinox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.jdbc.internal.Database;
import io.patinox.memory.pool.PoolCloseReport;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The n-th call of the driver fails, for every n until no call is left to fail: the pool keeps its
/// capacity, and the server has no connection that the pool doesn't know.
final class FaultTest {
    private static final int SIZE = 2;

    @BeforeEach
    void schema() throws SQLException {
        for (Database database : Database.values()) {
            try (Connection connection = database.open();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE SCHEMA IF NOT EXISTS " + "\"FAULTY\"");
            }
        }
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault(Database.POSTGRES, "lost", () -> new SQLException("injected", "08006")),
                fault(Database.H2, "lost", () -> new SQLException("injected", "08006")),
                fault(Database.H2, "refused", () -> new SQLException("injected", "42000")),
                fault(Database.H2, "unchecked", () -> new IllegalStateException("injected")),
                fault(Database.H2, "error", () -> new NoClassDefFoundError("injected")));
    }

    private static Arguments fault(Database database, String name, Supplier<Throwable> fault) {
        return Arguments.of(database, name, fault);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("faults")
    void anyCallOfTheDriver_fails_noConnectionIsLost(
            Database database, String name, Supplier<Throwable> fault) throws Exception {
        int n = 0;
        boolean fired = true;
        while (fired) {
            fired = run(database, name + "-" + ++n, new FaultyDriver(n, fault));
        }
        // what one life of a connection with two borrowers takes, at the least
        assertThat(n).isGreaterThan(40);
    }

    private static boolean run(Database database, String name, FaultyDriver driver)
            throws Exception {
        DriverManager.registerDriver(driver);
        // whoever closed a connection before, the server may not have noticed yet
        await(name + " begins").until(() -> database.connections() == 1);
        try {
            try (PatinoxDataSource source = source(database, name)) {
                for (int i = 0; i < 2; i++) {
                    borrowAndTolerate(source);
                }
                assertFullCapacity(source, database);
                PoolCloseReport report = source.close(Duration.ofSeconds(20));
                assertThat(report.complete()).as("%s: %s", name, report).isTrue();
            }
            await(name).until(() -> database.connections() == 1);
        } finally {
            DriverManager.deregisterDriver(driver);
        }
        return driver.fired();
    }

    private static PatinoxDataSource source(Database database, String name) {
        String url = FaultyDriver.PREFIX + database.url().substring("jdbc:".length());
        return PatinoxDataSource.builder(url)
                .name(name)
                .maxSize(SIZE)
                .acquireTimeout(Duration.ofSeconds(20))
                .validationBypass(Duration.ZERO)
                .checkAtBuild(false)
                .build();
    }

    private static ConditionFactory await(String name) {
        return Awaitility.await(name)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(20));
    }

    // every kind of thing that is tracked or put back
    private static void borrowAndTolerate(PatinoxDataSource source) {
        try (Connection connection = source.getConnection()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            connection.setAutoCommit(false);
            connection.setSchema("FAULTY");
            Statement leftOpen = connection.createStatement();
            leftOpen.execute("CREATE TABLE IF NOT EXISTS faulty (id INT)");
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO faulty VALUES (?)")) {
                insert.setInt(1, 1);
                insert.executeUpdate();
            }
        } catch (SQLException | IllegalStateException | NoClassDefFoundError e) {
            assertThat(e.toString()).contains("injected");
        }
    }

    private static void assertFullCapacity(PatinoxDataSource source, Database database)
            throws Exception {
        List<Connection> all = new ArrayList<>();
        for (int i = 0; i < SIZE; i++) {
            all.add(borrow(source));
        }
        assertThat(source.pool().inUse()).as(source.name()).isEqualTo(SIZE);
        await(source.name()).until(() -> database.connections() == 1 + source.pool().size());
        for (Connection connection : all) {
            tolerate(connection);
        }
    }

    // the fault may have waited until now; an Error of a validation reaches the borrower
    private static Connection borrow(PatinoxDataSource source) throws SQLException {
        Connection connection = null;
        try {
            connection = source.getConnection();
            if (connection.isValid(5)) {
                return connection;
            }
        } catch (SQLException | IllegalStateException | NoClassDefFoundError e) {
            assertThat(e.toString()).contains("injected");
        }
        if (connection != null) {
            tolerate(connection);
        }
        return source.getConnection();
    }

    private static void tolerate(Connection connection) {
        try {
            connection.close();
        } catch (SQLException | IllegalStateException | NoClassDefFoundError e) {
            assertThat(e.toString()).contains("injected");
        }
    }
}
