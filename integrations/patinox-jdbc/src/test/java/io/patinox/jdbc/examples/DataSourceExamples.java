package io.patinox.jdbc.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.jdbc.JdbcException;
import io.patinox.jdbc.PatinoxDataSource;
import io.patinox.memory.error.RecoveryStrategy;
import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.pool.PoolCloseReport;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/// The snippets of the documentation, compiled and run.
final class DataSourceExamples {
    private static final String URL = "jdbc:h2:mem:examples;DB_CLOSE_DELAY=-1";

    private static PatinoxDataSource source() {
        return PatinoxDataSource.builder(URL).user("sa").password("").build();
    }

    @Test
    void borrow() throws SQLException {
        try (PatinoxDataSource dataSource = source()) {
            assertThat(count(dataSource)).isEqualTo(1);
        }
    }

    private static int count(DataSource dataSource) throws SQLException {
        // @start region="borrow"
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query = connection.prepareStatement("SELECT COUNT(*) FROM dual");
                ResultSet results = query.executeQuery()) {
            results.next();
            return results.getInt(1);
        }
        // @end
    }

    @Test
    void pool() throws SQLException {
        String url = URL;
        Vault vault = () -> "";
        // @start region="pool"
        PatinoxDataSource dataSource =
                PatinoxDataSource.builder(url)
                        .user("sa")
                        .passwordSupplier(vault::password) // asked for each new connection
                        .pool(pool -> pool.maxOvertaking(100))
                        .build();
        // @end
        try (dataSource) {
            assertThat(count(dataSource)).isEqualTo(1);
        }
    }

    private interface Vault {
        String password();
    }

    @Test
    void build() throws SQLException {
        String url = URL;
        String user = "sa";
        String password = "";
        // @start region="build"
        PatinoxDataSource dataSource =
                PatinoxDataSource.builder(url)
                        .user(user)
                        .password(password)
                        .name("orders-db")
                        .maxSize(20)
                        .acquireTimeout(Duration.ofSeconds(5))
                        .maxLifetime(Duration.ofMinutes(15))
                        .transactionIsolation(Connection.TRANSACTION_READ_COMMITTED)
                        .monitor(Monitor.logging())
                        .build();
        // @end
        try (dataSource) {
            assertThat(count(dataSource)).isEqualTo(1);
        }
    }

    @Test
    void transaction() throws SQLException {
        try (PatinoxDataSource dataSource = source()) {
            try (Connection connection = dataSource.getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("CREATE TABLE account (id INT PRIMARY KEY, balance INT)");
                statement.execute("INSERT INTO account VALUES (1, 100), (2, 0)");
            }
            assertThatThrownBy(() -> transfer(dataSource, -1)).isInstanceOf(SQLException.class);
            transfer(dataSource, 40);
            try (Connection connection = dataSource.getConnection();
                    var statement = connection.createStatement();
                    ResultSet sum =
                            statement.executeQuery("SELECT balance FROM account WHERE id = 1")) {
                assertThat(sum.next()).isTrue();
                assertThat(sum.getInt(1)).isEqualTo(60);
                assertThat(connection.getAutoCommit()).isTrue();
            }
        }
    }

    private static void transfer(DataSource dataSource, int amount) throws SQLException {
        // @start region="transaction"
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            book(connection, 1, -amount);
            book(connection, 2, amount);
            connection.commit();
        } // not committed? rolled back here, and auto-commit is on again for the next borrower
        // @end
    }

    private static void book(Connection connection, int account, int amount) throws SQLException {
        if (account == 2 && amount < 0) {
            throw new SQLException("refused", "23514");
        }
        try (PreparedStatement update =
                connection.prepareStatement(
                        "UPDATE account SET balance = balance + ? WHERE id = ?")) {
            update.setInt(1, amount);
            update.setInt(2, account);
            update.executeUpdate();
        }
    }

    @Test
    void async() throws Exception {
        try (PatinoxDataSource dataSource = source()) {
            // @start region="async"
            CompletableFuture<Boolean> valid =
                    dataSource
                            .connectionAsync()
                            .thenApplyAsync(connection -> {
                                try (connection) {
                                    return connection.isValid(1);
                                } catch (SQLException e) {
                                    throw new IllegalStateException(e);
                                }
                            });
            // @end
            assertThat(valid.get()).isTrue();
        }
    }

    @Test
    void failure() {
        // @start region="failure"
        try (PatinoxDataSource dataSource =
                PatinoxDataSource.builder("jdbc:h2:mem:missing;IFEXISTS=TRUE").build()) {
            dataSource.getConnection().close();
        } catch (JdbcException e) { // from build(), at once
            switch (e.strategy()) {
                case RecoveryStrategy.Retry retry -> scheduleAgain(retry.after());
                case RecoveryStrategy.Fail fail -> giveUp(e.jdbcCode().id(), fail.reason());
                default -> throw e;
            }
        } catch (SQLException e) { // from getConnection(): the same strategy, through the cause
            scheduleAgain(Duration.ofSeconds(1));
        }
        // @end
        assertThat(given).isEqualTo("JDBC-DATABASE-UNKNOWN");
    }

    private String given = "";

    private void scheduleAgain(Duration after) {
        throw new AssertionError(after);
    }

    private void giveUp(String code, String reason) {
        assertThat(reason).isNotBlank();
        given = code;
    }

    @Test
    void observe() throws SQLException {
        try (PatinoxDataSource dataSource = source()) {
            dataSource.getConnection().close();
            // @start region="observe"
            long acquired = dataSource.metrics().counters().get("pool.acquired");
            long inUse = dataSource.metrics().gauges().get("pool.in-use");
            var health = dataSource.health();
            // @end
            assertThat(acquired).isEqualTo(2);
            assertThat(inUse).isZero();
            assertThat(health.reasons()).isEmpty();
        }
    }

    @Test
    void close() {
        PatinoxDataSource dataSource = source();
        // @start region="close"
        PoolCloseReport report = dataSource.close(Duration.ofSeconds(10));
        report.abandoned().forEach(lease -> System.getLogger("app").log(level(), lease));
        // @end
        assertThat(report.complete()).isTrue();
    }

    private static System.Logger.Level level() {
        return System.Logger.Level.WARNING;
    }
}
