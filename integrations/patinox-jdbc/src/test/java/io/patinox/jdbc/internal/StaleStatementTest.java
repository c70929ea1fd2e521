package io.patinox.jdbc.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Who keeps a closed statement does not reach the one that the driver issues again in its place.
final class StaleStatementTest {
    private static final String QUERY = "SELECT CAST(? AS INT)";

    private Connection raw;
    private StatementCache cache;
    private TestLease lease;

    private Connection borrow(Database database) throws SQLException {
        raw = database.open();
        cache = new StatementCache(raw);
        lease = TestLease.of(cache.connection);
        return Wrappers.connection(lease);
    }

    @AfterEach
    void close() throws SQLException {
        if (raw != null) {
            raw.close();
        }
    }

    private static void assertSameOfTheDriver(PreparedStatement first, PreparedStatement second) {
        assertThat(((LeasedStatement) first).raw).isSameAs(((LeasedStatement) second).raw);
    }

    private static int result(PreparedStatement statement) throws SQLException {
        try (ResultSet results = statement.executeQuery()) {
            assertThat(results.next()).isTrue();
            return results.getInt(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void statement_leftOpenAndIssuedToTheNextBorrower_isOutOfReach(Database database)
            throws SQLException {
        Connection connection = borrow(database);
        PreparedStatement stale = connection.prepareStatement(QUERY);
        connection.close();
        lease = lease.next();
        PreparedStatement present = Wrappers.connection(lease).prepareStatement(QUERY);
        assertSameOfTheDriver(stale, present);
        present.setInt(1, 7);

        for (Callable<?> use : uses(stale)) {
            assertThatThrownBy(use::call).hasFieldOrPropertyWithValue("SQLState", "08003");
        }
        stale.close();

        assertThat(stale.isClosed()).isTrue();
        assertThat(present.isClosed()).isFalse();
        assertThat(result(present)).isEqualTo(7);
    }

    @ParameterizedTest
    @EnumSource
    void statement_closedAndIssuedToTheSameBorrower_isOutOfReach(Database database)
            throws SQLException {
        Connection connection = borrow(database);
        PreparedStatement stale = connection.prepareStatement(QUERY);
        stale.close();
        PreparedStatement present = connection.prepareStatement(QUERY);
        assertSameOfTheDriver(stale, present);
        present.setInt(1, 7);

        for (Callable<?> use : uses(stale)) {
            assertThatThrownBy(use::call)
                    .isInstanceOf(SQLException.class)
                    .hasMessage("the statement is closed")
                    .hasFieldOrPropertyWithValue("SQLState", "07000");
        }
        stale.close();

        assertThat(stale.isClosed()).isTrue();
        assertThat(result(present)).isEqualTo(7);
        assertThat(lease.expired).isFalse();
    }

    private static List<Callable<?>> uses(PreparedStatement statement) {
        return List.of(
                statement::executeQuery,
                statement::getConnection,
                () -> statement.unwrap(StatementCache.class),
                () -> {
                    statement.setInt(1, 666);
                    return null;
                },
                () -> {
                    statement.closeOnCompletion();
                    return null;
                });
    }

    @ParameterizedTest
    @EnumSource
    void results_ofAStatementThatIsIssuedAgain_areClosed(Database database) throws SQLException {
        Connection connection = borrow(database);
        PreparedStatement stale = connection.prepareStatement(QUERY);
        stale.setInt(1, 1);
        ResultSet results = stale.executeQuery();
        stale.close();
        assertThat(connection.prepareStatement(QUERY).isClosed()).isFalse();

        assertThat(results.isClosed()).isTrue();
        assertThatThrownBy(results::next).hasMessage("the statement is closed");
        assertThatThrownBy(results::getStatement).hasFieldOrPropertyWithValue("SQLState", "24000");
        // the driver's are still open: a close of ours would reach them
        results.close();
        assertThat(((LeasedResultSet) results).raw.isClosed()).isFalse();

        connection.close();
        assertThatThrownBy(results::next).hasFieldOrPropertyWithValue("SQLState", "08003");
    }

    @ParameterizedTest
    @EnumSource
    void statement_closedByManyThreads_closesTheDriversOnce(Database database) throws Exception {
        Connection connection = borrow(database);
        int threads = 8;
        CyclicBarrier start = new CyclicBarrier(threads);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 1; round <= 100; round++) {
                PreparedStatement statement = connection.prepareStatement(QUERY);
                List<Future<?>> closings = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    closings.add(
                            executor.submit(() -> {
                                start.await();
                                statement.close();
                                return null;
                            }));
                }
                for (Future<?> closing : closings) {
                    closing.get();
                }
                assertThat(cache.closes).hasValue(round);
            }
        }
    }
}
