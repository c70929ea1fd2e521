package io.patinox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patinox.jdbc.internal.Database;
import io.patinox.jdbc.internal.Session;
import io.patinox.memory.error.PoolAcquireTimeoutException;
import io.patinox.memory.error.PoolClosedException;
import io.patinox.memory.error.PoolInterruptedException;
import io.patinox.memory.monitor.Health;
import io.patinox.memory.pool.LeaseInfo;
import io.patinox.memory.pool.PooledConnection;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a `DataSource` owes its users, on each database.
final class DataSourceContractTest {
    private PatinoxDataSource source;

    private PatinoxDataSource open(Database database) {
        source = builder(database).build();
        return source;
    }

    private static PatinoxDataSourceBuilder builder(Database database) {
        return PatinoxDataSource.builder(database.url())
                .name("contract")
                .maxSize(2)
                .acquireTimeout(Duration.ofSeconds(20));
    }

    @AfterEach
    void close() {
        if (source != null) {
            source.close();
        }
    }

    private static int one(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery("SELECT 1")) {
            results.next();
            return results.getInt(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void getConnection_idle_worksAndReturnsAtClose(Database database) throws SQLException {
        open(database);
        try (Connection connection = source.getConnection()) {
            assertThat(one(connection)).isEqualTo(1);
            assertThat(connection.isValid(5)).isTrue();
            assertThat(source.pool().inUse()).isEqualTo(1);
        }
        assertThat(source.pool().inUse()).isZero();
        assertThat(source.pool().idle()).isEqualTo(1);
        assertThat(source.metrics().counters()).containsEntry("pool.created", 1L);
    }

    @ParameterizedTest
    @EnumSource
    void getConnection_changedByTheBorrowerBefore_isInItsFirstState(Database database)
            throws SQLException {
        source = builder(database).maxSize(1).build();
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            one(connection);
        }
        try (Connection connection = source.getConnection()) {
            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(connection.getTransactionIsolation())
                    .isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
        }
        assertThat(source.metrics().counters()).containsEntry("pool.created", 1L);
    }

    @ParameterizedTest
    @EnumSource
    void options_ofTheSession_areWhatEachBorrowerFinds(Database database) throws SQLException {
        try (Connection setUp = database.open();
                Statement statement = setUp.createStatement()) {
            statement.execute("CREATE SCHEMA IF NOT EXISTS elsewhere");
        }
        String schema = database == Database.H2 ? "ELSEWHERE" : "elsewhere";
        String catalog = database == Database.H2 ? "PATINOX" : "postgres";
        source =
                builder(database)
                        .autoCommit(false)
                        .readOnly(database == Database.POSTGRES)
                        .transactionIsolation(Connection.TRANSACTION_REPEATABLE_READ)
                        .schema(schema)
                        .catalog(catalog)
                        .networkTimeout(Duration.ofSeconds(90))
                        .validationQuery("SELECT 1")
                        .validationBypass(Duration.ZERO)
                        .build();
        for (int i = 0; i < 2; i++) {
            try (Connection connection = source.getConnection()) {
                assertThat(connection.getAutoCommit()).isFalse();
                assertThat(connection.isReadOnly()).isEqualTo(database == Database.POSTGRES);
                assertThat(connection.getTransactionIsolation())
                        .isEqualTo(Connection.TRANSACTION_REPEATABLE_READ);
                assertThat(connection.getSchema()).isEqualTo(schema);
                assertThat(connection.getCatalog()).isEqualTo(catalog);
                assertThat(connection.getNetworkTimeout())
                        .isEqualTo(database == Database.POSTGRES ? 90_000 : 0);
                connection.rollback();
            }
        }
        assertThat(source.metrics().counters()).containsEntry("pool.created", 1L);
    }

    @ParameterizedTest
    @EnumSource
    void validation_withAutoCommitOff_leavesNoTransactionToTheBorrower(Database database)
            throws SQLException {
        source = builder(database).autoCommit(false).validationBypass(Duration.ZERO).build();
        try (Connection connection = source.getConnection()) {
            // PostgreSQL's driver refuses this inside a transaction
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            connection.setReadOnly(false);
        }
        assertThat(source.metrics().counters()).containsEntry("pool.created", 1L);
    }

    @ParameterizedTest
    @EnumSource
    void validationQuery_wrong_isToldByBuildAtOnce(Database database) {
        PatinoxDataSourceBuilder builder =
                builder(database).validationQuery("SELECT no_such_thing");
        assertThatThrownBy(builder::build)
                .isInstanceOf(JdbcException.class)
                .hasMessageStartingWith("JDBC-CONNECT-FAILED")
                .hasMessageContainingAll("validationQuery", "no_such_thing");
    }

    @Test
    void validationQuery_failsLater_retiresTheConnection() throws SQLException {
        source =
                builder(Database.H2)
                        .validationQuery("SELECT * FROM probe")
                        .validationBypass(Duration.ZERO)
                        .checkAtBuild(false)
                        .build();
        run("CREATE TABLE probe (id INT)");
        source.getConnection().close();
        run("DROP TABLE probe");
        CompletableFuture<Connection> waiting = source.connectionAsync();
        await().until(() -> source.metrics().counters().get("pool.retired.invalid") == 1);
        run("CREATE TABLE probe (id INT)");
        waiting.join().close();
        run("DROP TABLE probe");
    }

    private static void run(String sql) throws SQLException {
        try (Connection connection = Database.H2.open();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void getConnection_noneFree_timesOutAsATransientFailure() throws SQLException {
        source = builder(Database.H2).maxSize(1).acquireTimeout(Duration.ofMillis(50)).build();
        try (Connection held = source.getConnection()) {
            assertThat(held.isClosed()).isFalse();
            assertThatThrownBy(source::getConnection)
                    .isInstanceOf(SQLTransientConnectionException.class)
                    .hasFieldOrPropertyWithValue("SQLState", "08001")
                    .hasMessageStartingWith("POOL-ACQUIRE-TIMEOUT")
                    .hasMessageContaining("contract")
                    .hasCauseInstanceOf(PoolAcquireTimeoutException.class);
        }
    }

    @Test
    void getConnection_interrupted_failsWithTheFlagSetAndLosesNothing() throws Exception {
        source = builder(Database.H2).maxSize(1).build();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicReference<Boolean> flag = new AtomicReference<>();
        Thread waiter;
        try (Connection held = source.getConnection()) {
            assertThat(held).isNotNull();
            waiter =
                    Thread.startVirtualThread(() -> {
                        try (Connection never = source.getConnection()) {
                            thrown.set(new AssertionError("got " + never));
                        } catch (SQLException e) {
                            thrown.set(e);
                        }
                        flag.set(Thread.currentThread().isInterrupted());
                    });
            await().until(() -> source.pool().waiting() == 1);
            waiter.interrupt();
            waiter.join();
        }
        assertThat(thrown.get())
                .isInstanceOf(SQLNonTransientConnectionException.class)
                .hasCauseInstanceOf(PoolInterruptedException.class);
        assertThat(flag.get()).isTrue();
        source.getConnection().close();
    }

    @Test
    void getConnection_closed_fails() {
        open(Database.H2).close();
        assertThat(source.isClosed()).isTrue();
        assertThatThrownBy(source::getConnection)
                .isInstanceOf(SQLNonTransientConnectionException.class)
                .hasMessageStartingWith("POOL-CLOSED")
                .hasCauseInstanceOf(PoolClosedException.class);
        assertThat(source.close(Duration.ZERO).complete()).isTrue();
    }

    @Test
    void close_connectionsIdle_closesThemOnTheServer() throws SQLException {
        source =
                builder(Database.POSTGRES)
                        .property("ApplicationName", "closing")
                        .minSize(2)
                        .build();
        await().until(() -> onServer("closing") == 2);

        assertThat(source.close(Duration.ofSeconds(20)).complete()).isTrue();

        await().until(() -> onServer("closing") == 0);
    }

    private static int onServer(String application) throws SQLException {
        try (Connection connection = Database.POSTGRES.open();
                Statement statement = connection.createStatement();
                ResultSet results =
                        statement.executeQuery(
                                "SELECT COUNT(*) FROM pg_stat_activity WHERE application_name = '"
                                        + application
                                        + "'")) {
            results.next();
            return results.getInt(1);
        }
    }

    @Test
    void connectionAsync_idle_givesAConnection() throws Exception {
        open(Database.H2);
        try (Connection connection = source.connectionAsync().get()) {
            assertThat(one(connection)).isEqualTo(1);
        }
        assertThat(source.pool().inUse()).isZero();
    }

    @Test
    void connectionAsync_timesOut_failsWithTheSqlException() throws Exception {
        source = builder(Database.H2).maxSize(1).acquireTimeout(Duration.ofMillis(50)).build();
        try (Connection held = source.getConnection()) {
            assertThat(held).isNotNull();
            assertThatThrownBy(() -> source.connectionAsync().get())
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(SQLTransientConnectionException.class)
                    .hasCauseInstanceOf(PoolAcquireTimeoutException.class);
        }
    }

    @Test
    void connectionAsync_cancelled_leavesTheQueue() throws Exception {
        source = builder(Database.H2).maxSize(1).build();
        try (Connection held = source.getConnection()) {
            assertThat(held).isNotNull();
            CompletableFuture<Connection> waiting = source.connectionAsync();
            assertThat(source.pool().waiting()).isEqualTo(1);
            assertThat(waiting.cancel(false)).isTrue();
            await().until(() -> source.pool().waiting() == 0);
        }
        source.getConnection().close();
        assertThat(source.pool().inUse()).isZero();
    }

    @Test
    void connectionAsync_endedByItsHolderInAnyWay_leavesTheQueue() throws Exception {
        source = builder(Database.H2).maxSize(1).build();
        try (Connection held = source.getConnection()) {
            source.connectionAsync().orTimeout(1, TimeUnit.MILLISECONDS);
            source.connectionAsync().completeExceptionally(new IllegalStateException("enough"));
            source.connectionAsync().complete(held);
            await().until(() -> source.pool().waiting() == 0);
        }
        assertThat(source.pool().inUse()).isZero();
    }

    @Test
    void connectionAsync_connectionCannotBeMade_failsAndGivesTheLeaseBack() {
        Error failure = new LinkageError("no wrapper");
        AtomicInteger released = new AtomicInteger();
        CompletableFuture<Connection> result = new CompletableFuture<>();

        PatinoxDataSource.deliver(result, brokenLease(failure, released), null);

        assertThatThrownBy(result::get).isInstanceOf(ExecutionException.class).hasCause(failure);
        assertThat(released).hasValue(1);
    }

    private static PooledConnection<Session> brokenLease(Error failure, AtomicInteger released) {
        return new PooledConnection<>() {
            @Override
            public Session connection() {
                throw failure;
            }

            @Override
            public void close() {
                released.incrementAndGet();
            }

            @Override
            public void expire() {}

            @Override
            public boolean isReleased() {
                return released.get() > 0;
            }

            @Override
            public LeaseInfo info() {
                throw failure;
            }

            @Override
            public PooledConnection<Session> label(String label) {
                return this;
            }

            @Override
            public Session detach() {
                throw failure;
            }
        };
    }

    @Test
    void connectionAsync_completedByItsHolder_connectionGoesBack() throws Exception {
        source = builder(Database.H2).maxSize(1).build();
        CompletableFuture<Connection> waiting;
        try (Connection held = source.getConnection()) {
            waiting = source.connectionAsync();
            waiting.complete(held);
        }
        await().until(() -> source.pool().inUse() == 0);
        assertThat(waiting).isCompleted();
    }

    @ParameterizedTest
    @EnumSource
    void leases_movedAcrossThreads_loseNothing(Database database) throws Exception {
        source = builder(database).maxSize(4).build();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> sums = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                sums.add(
                        threads.submit(() -> {
                            int sum = 0;
                            for (int k = 0; k < 5; k++) {
                                Connection connection = source.getConnection();
                                sum += threads.submit(() -> one(connection)).get();
                                threads.submit(
                                                () -> {
                                                    connection.close();
                                                    return 0;
                                                })
                                        .get();
                            }
                            return sum;
                        }));
            }
            for (Future<Integer> sum : sums) {
                assertThat(sum.get()).isEqualTo(5);
            }
        }
        assertThat(source.pool().inUse()).isZero();
        assertThat(source.pool().size()).isLessThanOrEqualTo(4);
        assertThat(source.metrics().counters().get("pool.acquired"))
                .isEqualTo(64 * 5 + 1); // one by build()
    }

    @Test
    void lease_dropped_isFoundThoughStatementsAreOpen() throws Exception {
        source = builder(Database.POSTGRES).maxSize(1).build();
        drop(source);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> {
                    System.gc();
                    return source.metrics().counters().get("pool.retired.leaked") == 1;
                });
        try (Connection connection = source.getConnection()) {
            assertThat(one(connection)).isEqualTo(1);
        }
    }

    private static void drop(PatinoxDataSource source) throws SQLException {
        Connection connection = source.getConnection();
        assertThat(connection.createStatement().executeQuery("SELECT 1").next()).isTrue();
    }

    @Test
    void getConnection_ofAnotherUser_isNotSupported() {
        open(Database.H2);
        assertThatThrownBy(() -> source.getConnection("a", "b"))
                .isInstanceOf(SQLFeatureNotSupportedException.class)
                .hasFieldOrPropertyWithValue("SQLState", "0A000")
                .hasMessageContaining("one user");
    }

    @Test
    void unwrap_ownType_isItself() throws SQLException {
        DataSource plain = open(Database.H2);
        assertThat(plain.isWrapperFor(PatinoxDataSource.class)).isTrue();
        assertThat(plain.isWrapperFor(DataSource.class)).isTrue();
        assertThat(plain.isWrapperFor(String.class)).isFalse();
        assertThat(plain.unwrap(PatinoxDataSource.class)).isSameAs(source);
        assertThatThrownBy(() -> plain.unwrap(String.class))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("java.lang.String");
    }

    @Test
    void logAndLoginTimeout_set_isRefused() throws SQLException {
        source = builder(Database.H2).acquireTimeout(Duration.ofMillis(1_500)).build();
        assertThat(source.getLoginTimeout()).isEqualTo(2);
        assertThat(source.getLogWriter()).isNull();
        source.setLogWriter(null);
        assertThatThrownBy(() -> source.setLogWriter(new PrintWriter(new StringWriter())))
                .isInstanceOf(SQLFeatureNotSupportedException.class)
                .hasMessageContaining("Monitor.logging()");
        assertThatThrownBy(() -> source.setLoginTimeout(1))
                .isInstanceOf(SQLFeatureNotSupportedException.class)
                .hasMessageContaining("acquireTimeout");
        assertThatThrownBy(source::getParentLogger)
                .isInstanceOf(SQLFeatureNotSupportedException.class);
    }

    @Test
    void metricsAndHealth_asked_areThePools() {
        open(Database.H2);
        assertThat(source.name()).isEqualTo("contract");
        assertThat(source.component()).isEqualTo(source.pool().component());
        assertThat(source.metrics().source()).isEqualTo("contract");
        assertThat(source.health().status()).isEqualTo(Health.Status.UP);
        assertThat(source).hasToString("PatinoxDataSource[contract]");
        assertThat(source.pool().maxSize()).isEqualTo(2);
    }

    @Test
    void delegate_givenUser_isAskedForIt() throws SQLException {
        RecordingDataSource delegate = new RecordingDataSource(Database.H2::open);
        source = PatinoxDataSource.builder(delegate).user("sa").password("").maxSize(1).build();
        source.getConnection().close();
        assertThat(delegate.users).containsExactly("sa");
        source.close();

        source = PatinoxDataSource.builder(delegate).maxSize(1).build();
        source.getConnection().close();
        assertThat(delegate.users).containsExactly("sa", null);
    }
}
