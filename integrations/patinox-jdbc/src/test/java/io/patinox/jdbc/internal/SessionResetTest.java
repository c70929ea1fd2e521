package io.patinox.jdbc.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.jdbc.PgDatabaseMetaData;
import org.postgresql.jdbc.PgResultSet;
import org.postgresql.jdbc.PgStatement;

/// What one borrower changes, the next does not find.
final class SessionResetTest {
    private static final SessionSettings PLAIN =
            new SessionSettings(true, false, null, null, null, null);

    private Connection raw;
    private TestLease lease;

    private Connection borrow(Database database) throws SQLException {
        return borrow(database, PLAIN);
    }

    private Connection borrow(Database database, SessionSettings settings) throws SQLException {
        raw = database.open();
        lease = TestLease.of(raw, settings);
        return Wrappers.connection(lease);
    }

    /// Ends the present lease and begins the next.
    private Connection next(Connection connection) throws SQLException {
        connection.close();
        assertThat(lease.released).isEqualTo(1);
        lease = lease.next();
        return Wrappers.connection(lease);
    }

    @AfterEach
    void close() throws SQLException {
        if (raw != null) {
            raw.close();
        }
    }

    private static String one(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(query)) {
            results.next();
            return results.getString(1);
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @ParameterizedTest
    @EnumSource
    void autoCommit_switchedOff_isOnForTheNext(Database database) throws SQLException {
        Connection connection = borrow(database);
        connection.setAutoCommit(false);

        assertThat(next(connection).getAutoCommit()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void autoCommit_offByOption_isOffForTheNext(Database database) throws SQLException {
        Connection connection =
                borrow(database, new SessionSettings(false, false, null, null, null, null));
        assertThat(connection.getAutoCommit()).isFalse();
        connection.setAutoCommit(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);

        Connection second = next(connection);

        assertThat(second.getAutoCommit()).isFalse();
        assertThat(second.getTransactionIsolation())
                .isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
    }

    @ParameterizedTest
    @EnumSource
    void transaction_leftOpen_isRolledBack(Database database) throws SQLException {
        Connection connection = borrow(database);
        run(connection, "DROP TABLE IF EXISTS left_open");
        run(connection, "CREATE TABLE left_open (id INT)");
        connection.setAutoCommit(false);
        run(connection, "INSERT INTO left_open VALUES (1)");

        Connection second = next(connection);

        assertThat(one(second, "SELECT COUNT(*) FROM left_open")).isEqualTo("0");
    }

    @ParameterizedTest
    @EnumSource
    void transaction_committed_stays(Database database) throws SQLException {
        Connection connection = borrow(database);
        run(connection, "DROP TABLE IF EXISTS committed");
        run(connection, "CREATE TABLE committed (id INT)");
        connection.setAutoCommit(false);
        run(connection, "INSERT INTO committed VALUES (1)");
        connection.commit();

        assertThat(one(next(connection), "SELECT COUNT(*) FROM committed")).isEqualTo("1");
    }

    @ParameterizedTest
    @EnumSource
    void isolation_changed_isPutBack(Database database) throws SQLException {
        Connection connection = borrow(database);
        int before = connection.getTransactionIsolation();
        connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        assertThat(connection.getTransactionIsolation())
                .isEqualTo(Connection.TRANSACTION_SERIALIZABLE);

        Connection second = next(connection);

        assertThat(second.getTransactionIsolation()).isEqualTo(before).isNotEqualTo(8);
    }

    @ParameterizedTest
    @EnumSource
    void holdability_changed_isPutBack(Database database) throws SQLException {
        Connection connection = borrow(database);
        int before = connection.getHoldability();
        int other = 3 - before; // HOLD_CURSORS_OVER_COMMIT is 1, CLOSE_CURSORS_AT_COMMIT 2
        connection.setHoldability(other);
        assertThat(connection.getHoldability()).isEqualTo(other);

        assertThat(next(connection).getHoldability()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void schema_changed_isPutBack(Database database) throws SQLException {
        Connection connection = borrow(database);
        run(connection, "CREATE SCHEMA IF NOT EXISTS elsewhere");
        String before = connection.getSchema();
        connection.setSchema(database == Database.H2 ? "ELSEWHERE" : "elsewhere");
        assertThat(connection.getSchema()).isEqualToIgnoringCase("elsewhere");

        assertThat(next(connection).getSchema()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void schema_givenByOption_isPutBack(Database database) throws SQLException {
        String option = database == Database.H2 ? "ELSEWHERE" : "elsewhere";
        try (Connection setUp = database.open()) {
            run(setUp, "CREATE SCHEMA IF NOT EXISTS elsewhere");
        }
        Connection connection =
                borrow(database, new SessionSettings(true, false, null, null, option, null));
        assertThat(connection.getSchema()).isEqualTo(option);
        connection.setSchema(database == Database.H2 ? "PUBLIC" : "public");

        assertThat(next(connection).getSchema()).isEqualTo(option);
    }

    @ParameterizedTest
    @EnumSource
    void catalog_set_theNextHasTheOldOne(Database database) throws SQLException {
        Connection connection = borrow(database);
        String before = connection.getCatalog();
        connection.setCatalog(before);

        assertThat(next(connection).getCatalog()).isEqualTo(before).isNotNull();
    }

    @Test
    void readOnly_changed_isPutBack() throws SQLException {
        Connection connection = borrow(Database.POSTGRES);
        connection.setReadOnly(true);
        connection.setAutoCommit(false); // the driver says it to the server at BEGIN
        assertThatThrownBy(() -> run(connection, "CREATE TABLE refused (id INT)"))
                .isInstanceOf(SQLException.class)
                .hasFieldOrPropertyWithValue("SQLState", "25006");
        assertThat(lease.expired).isFalse();

        Connection second = next(connection);

        assertThat(second.isReadOnly()).isFalse();
        second.setAutoCommit(false);
        run(second, "CREATE TABLE refused (id INT)");
    }

    @Test
    void readOnly_theServerIsAndNobodyAskedForIt_expiresTheLease() throws SQLException {
        Connection connection = borrow(Database.POSTGRES);
        run(connection, "SET default_transaction_read_only = on");

        assertThatThrownBy(() -> run(connection, "CREATE TABLE refused (id INT)"))
                .hasFieldOrPropertyWithValue("SQLState", "25006");

        assertThat(lease.expired).isTrue();
    }

    @Test
    void readOnly_byOption_isPutBackToReadOnlyAndExpiresNothing() throws SQLException {
        Connection connection =
                borrow(Database.POSTGRES, new SessionSettings(false, true, null, null, null, null));
        assertThatThrownBy(() -> run(connection, "CREATE TABLE refused (id INT)"))
                .hasFieldOrPropertyWithValue("SQLState", "25006");
        assertThat(lease.expired).isFalse();
        connection.rollback();
        connection.setReadOnly(false);

        assertThat(next(connection).isReadOnly()).isTrue();
    }

    @Test
    void networkTimeout_changed_isPutBack() throws SQLException {
        Connection connection =
                borrow(
                        Database.POSTGRES,
                        new SessionSettings(true, false, null, null, null, Duration.ofSeconds(77)));
        assertThat(connection.getNetworkTimeout()).isEqualTo(77_000);
        connection.setNetworkTimeout(Runnable::run, 1_234);
        assertThat(connection.getNetworkTimeout()).isEqualTo(1_234);

        Connection second = next(connection);
        assertThat(second.getNetworkTimeout()).isEqualTo(77_000);

        // a reset that has to talk to the database uses a timeout of its own, and takes it away
        second.setAutoCommit(false);
        assertThat(next(second).getNetworkTimeout()).isEqualTo(77_000);
    }

    @Test
    void isolation_givenByOption_isSetAndPutBack() throws SQLException {
        int level = Connection.TRANSACTION_REPEATABLE_READ;
        Connection connection =
                borrow(
                        Database.POSTGRES,
                        new SessionSettings(true, false, level, null, null, null));
        assertThat(one(connection, "SHOW transaction_isolation")).isEqualTo("repeatable read");
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);

        assertThat(one(next(connection), "SHOW transaction_isolation"))
                .isEqualTo("repeatable read");
    }

    @Test
    void catalog_givenByOption_isSetOnTheDriver() throws SQLException {
        var driver = new RecordingDriverObject<>(Connection.class);
        TestLease.of(driver.object, new SessionSettings(true, false, null, "orders", null, null));

        assertThat(driver.calls).extracting(m -> m.getName()).contains("setCatalog");
    }

    @Test
    void searchPath_ofSeveralSchemas_isWholeAgainAfterSetSchema() throws SQLException {
        raw = Database.POSTGRES.open();
        run(raw, "ALTER ROLE postgres SET search_path = elsewhere, public");
        try {
            raw.close();
            Connection connection = borrow(Database.POSTGRES);
            assertThat(one(connection, "SHOW search_path")).isEqualTo("elsewhere, public");
            connection.setSchema("other");

            assertThat(one(next(connection), "SHOW search_path")).isEqualTo("elsewhere, public");
        } finally {
            run(raw, "ALTER ROLE postgres RESET search_path");
        }
    }

    @Test
    void schema_putBackByTheBorrowerInATransactionThatIsRolledBack_isPutBackAllTheSame()
            throws SQLException {
        Connection connection = borrow(Database.POSTGRES);
        connection.setAutoCommit(false);
        connection.setSchema("elsewhere");
        connection.commit();
        connection.setSchema("public");

        assertThat(one(next(connection), "SHOW search_path")).isEqualTo("\"$user\", public");
    }

    @Test
    void typeMap_changed_isPutBack() throws SQLException {
        Connection connection = borrow(Database.POSTGRES);
        Map<String, Class<?>> before = new HashMap<>(connection.getTypeMap());
        connection.setTypeMap(Map.of("t", String.class));

        assertThat(next(connection).getTypeMap()).isEqualTo(before).isEmpty();
    }

    @Test
    void clientInfo_changed_isPutBack() throws SQLException {
        Connection connection = borrow(Database.POSTGRES);
        String before = one(connection, "SHOW application_name");
        connection.setClientInfo("ApplicationName", "first");
        assertThat(one(connection, "SHOW application_name")).isEqualTo("first");

        Connection second = next(connection);
        assertThat(one(second, "SHOW application_name")).isEqualTo(before);

        Properties info = new Properties();
        info.setProperty("ApplicationName", "second");
        second.setClientInfo(info);
        assertThat(one(second, "SHOW application_name")).isEqualTo("second");
        assertThat(one(next(second), "SHOW application_name")).isEqualTo(before);
    }

    @Test
    void unwrapped_settingsChangedOnTheDriversObject_arePutBack() throws SQLException {
        Connection connection = borrow(Database.POSTGRES);
        Connection driver =
                connection.unwrap(org.postgresql.PGConnection.class) instanceof Connection c
                        ? c
                        : null;
        assertThat(driver).isSameAs(raw);
        driver.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        driver.setSchema("elsewhere");
        driver.setReadOnly(true);
        driver.setClientInfo("ApplicationName", "hidden");
        driver.setAutoCommit(false);

        Connection second = next(connection);

        assertThat(second.getTransactionIsolation())
                .isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
        assertThat(one(second, "SHOW search_path")).isEqualTo("\"$user\", public");
        assertThat(second.isReadOnly()).isFalse();
        assertThat(second.getAutoCommit()).isTrue();
        assertThat(one(second, "SHOW application_name")).isEqualTo("PostgreSQL JDBC Driver");
    }

    @Test
    void unwrapped_objectsOfTheConnection_leadToSettingsThatArePutBack() throws SQLException {
        Connection connection = borrow(Database.POSTGRES);
        for (int i = 0; i < 3; i++) {
            Statement statement = connection.createStatement();
            DatabaseMetaData metaData = connection.getMetaData();
            Connection driver =
                    switch (i) {
                        case 0 -> statement.unwrap(PgStatement.class).getConnection();
                        case 1 -> {
                            ResultSet results = statement.executeQuery("SELECT 1");
                            yield results.unwrap(PgResultSet.class).getStatement().getConnection();
                        }
                        default -> metaData.unwrap(PgDatabaseMetaData.class).getConnection();
                    };
            assertThat(driver).isSameAs(raw);
            driver.setReadOnly(true);
            driver.setSchema("elsewhere");

            connection = next(connection);

            assertThat(connection.isReadOnly()).as("by object %d", i).isFalse();
            assertThat(one(connection, "SHOW search_path")).isEqualTo("\"$user\", public");
        }
    }

    @Test
    void unwrapped_driverThatSupportsLess_costsNotTheConnection() throws SQLException {
        Connection connection = borrow(Database.H2);
        connection.unwrap(org.h2.jdbc.JdbcConnection.class).setSchema("INFORMATION_SCHEMA");

        assertThat(next(connection).getSchema()).isEqualTo("PUBLIC");
    }

    @Test
    void untouched_connection_costsNoCallOfTheDriver() throws SQLException {
        var driver = new RecordingDriverObject<>(Connection.class);
        lease = TestLease.of(driver.object);
        driver.calls.clear();

        next(Wrappers.connection(lease)).close();
        lease.session.reset();

        assertThat(driver.calls).isEmpty();
    }

    @Test
    void used_connection_hasItsWarningsClearedAndNothingElseChanged() throws SQLException {
        var driver = new RecordingDriverObject<>(Connection.class);
        lease = TestLease.of(driver.object);
        Connection connection = Wrappers.connection(lease);
        connection.nativeSQL("SELECT 1");
        connection.close();
        driver.calls.clear();
        driver.closed = false;

        lease.session.reset();

        assertThat(driver.calls)
                .extracting(m -> m.getName())
                .containsExactly("isClosed", "getAutoCommit", "clearWarnings");
    }

    @Test
    void shardingKey_touched_connectionIsNotUsedAgain() throws SQLException {
        for (int i = 0; i < 4; i++) {
            var driver = new RecordingDriverObject<>(Connection.class);
            lease = TestLease.of(driver.object);
            driver.closed = false;
            Connection connection = Wrappers.connection(lease);
            switch (i) {
                case 0 -> connection.setShardingKey(null);
                case 1 -> connection.setShardingKey(null, null);
                case 2 -> assertThat(connection.setShardingKeyIfValid(null, 1)).isTrue();
                default -> assertThat(connection.setShardingKeyIfValid(null, null, 1)).isTrue();
            }
            assertThat(driver.last().getName()).startsWith("setShardingKey");
            connection.close();

            assertThatThrownBy(() -> lease.session.reset())
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("SHARDING_KEY");
        }
    }

    @Test
    void connection_closedBehindOurBack_isNotUsedAgain() throws SQLException {
        Connection connection = borrow(Database.H2);
        connection.unwrap(org.h2.jdbc.JdbcConnection.class).close();
        assertThat(connection.isClosed()).isTrue();
        connection.close();

        assertThatThrownBy(() -> lease.session.reset())
                .hasFieldOrPropertyWithValue("SQLState", "08003");
    }

    @Test
    void open_settingTheDriverCannotTell_isNotPutBackAndNotGuessed() throws SQLException {
        var driver = new RecordingDriverObject<>(Connection.class);
        driver.refusals.addAll(List.of("getSchema", "getNetworkTimeout"));
        lease = TestLease.of(driver.object);
        driver.closed = false;
        Connection connection = Wrappers.connection(lease);
        connection.setSchema("s");
        connection.close();

        assertThatThrownBy(() -> lease.session.reset()).hasMessageContaining("SCHEMA");
    }

    @Test
    void open_connectionLostMeanwhile_fails() {
        var driver = new RecordingDriverObject<>(Connection.class);
        driver.refusals.add("getSchema");
        driver.refusal = new SQLException("gone", "08006");

        assertThatThrownBy(() -> TestLease.of(driver.object)).isSameAs(driver.refusal);
    }
}
