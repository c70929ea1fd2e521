package io.patinox.jdbc.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The end of a lease closes what the borrower left open, and nothing twice.
final class OpenStatementsTest {
    private Connection raw;
    private TestLease lease;

    private Connection borrow(Database database) throws SQLException {
        raw = database.open();
        lease = TestLease.of(raw);
        return Wrappers.connection(lease);
    }

    @AfterEach
    void close() throws SQLException {
        if (raw != null) {
            raw.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void statements_leftOpen_areClosedWithTheirResults(Database database) throws SQLException {
        Connection connection = borrow(database);
        Statement plain = connection.createStatement();
        ResultSet results = plain.executeQuery("SELECT 1");
        Statement prepared = connection.prepareStatement("SELECT 2");
        Statement callable = connection.prepareCall("{call abs(1)}");

        connection.close();

        assertThat(List.of(plain.isClosed(), prepared.isClosed(), callable.isClosed()))
                .containsOnly(true);
        assertThat(results.isClosed()).isTrue();
        assertThatThrownBy(() -> plain.executeQuery("SELECT 1")).isInstanceOf(SQLException.class);
        assertThat(lease.expired).isFalse();
        lease.session.reset();
    }

    @ParameterizedTest
    @EnumSource
    void objects_ofAStatement_leadBackToTheBorrowersOwn(Database database) throws SQLException {
        Connection connection = borrow(database);
        try (Statement statement = connection.createStatement()) {
            ResultSet results = statement.executeQuery("SELECT 1");
            assertThat(statement.getConnection()).isSameAs(connection);
            assertThat(results.getStatement()).isSameAs(statement);
            assertThat(statement.getResultSet().getStatement()).isSameAs(statement);
            assertThat(statement.unwrap(Statement.class)).isSameAs(statement);
            results.close();
            assertThatThrownBy(results::getStatement)
                    .hasFieldOrPropertyWithValue("SQLState", "24000");
        }
        assertThat(connection.getMetaData().getConnection()).isSameAs(connection);
    }

    @Test
    void resultSet_none_isNull() throws SQLException {
        Connection connection = borrow(Database.H2);
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS nothing (id INT)");
            assertThat(statement.getResultSet()).isNull();
        }
    }

    @Test
    void metaData_resultsLeftOpen_areClosedAndLeadToNoConnectionOfTheDriver() throws SQLException {
        Connection connection = borrow(Database.POSTGRES);
        ResultSet tables = connection.getMetaData().getTables(null, null, "pg_class", null);
        Statement statement = tables.getStatement();
        assertThat(statement).isInstanceOf(Leased.class);
        assertThat(statement.getConnection()).isSameAs(connection);

        connection.close();

        assertThat(tables.isClosed()).isTrue();
        assertThat(statement.isClosed()).isTrue();
    }

    @Test
    void metaData_driverWithoutAStatement_givesResultsWithoutOne() throws SQLException {
        Connection connection = borrow(Database.H2);
        try (ResultSet tables = connection.getMetaData().getTables(null, null, "%", null)) {
            assertThat(tables).isInstanceOf(Leased.class);
            assertThat(tables.getStatement()).isNull();
        }
    }

    @Test
    void metaData_driverWithoutResults_givesNull() {
        var driver = new RecordingDriverObject<>(java.sql.DatabaseMetaData.class);
        var connection = (LeasedConnection) connectionOverRecorder();
        assertThat(catchingWrap(Wrappers.metaData(connection, driver.object))).isNull();
    }

    private static ResultSet catchingWrap(LeasedMetaData metaData) {
        try {
            return metaData.wrap(null);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection connectionOverRecorder() {
        try {
            lease = TestLease.of(new RecordingDriverObject<>(Connection.class).object);
            return Wrappers.connection(lease);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void closeOnCompletion_lastResultsClosed_statementIsForgotten() throws SQLException {
        Connection connection = borrow(Database.POSTGRES);
        LeasedStatement statement = (LeasedStatement) connection.createStatement();
        statement.closeOnCompletion();
        assertThat(statement.isCloseOnCompletion()).isTrue();
        ResultSet results = statement.executeQuery("SELECT 1");
        assertThat(statement.linked).isTrue();

        results.close();

        assertThat(statement.isOver()).isTrue();
        assertThat(statement.isClosed()).isTrue();
        assertThat(statement.linked).isFalse();
    }

    @Test
    void closeOnCompletion_notAskedFor_statementStays() throws SQLException {
        Connection connection = borrow(Database.POSTGRES);
        LeasedStatement statement = (LeasedStatement) connection.createStatement();
        statement.executeQuery("SELECT 1").close();

        assertThat(statement.linked).isTrue();
        assertThat(statement.isClosed()).isFalse();
    }

    @Test
    void metaData_resultsClosed_leaveNothingInTheListOfStatements() throws SQLException {
        Connection connection = borrow(Database.POSTGRES);
        ResultSet types = connection.getMetaData().getTableTypes();
        LeasedStatement statement = (LeasedStatement) types.getStatement();
        assertThat(statement.linked).isTrue();
        types.close();

        assertThat(statement.linked).isEqualTo(!statement.raw.isClosed());
    }

    @Test
    void statements_openedAndClosedInAnyOrder_onlyTheOpenOnesAreClosedAtTheEnd()
            throws SQLException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        var driver = new RecordingDriverObject<>(Connection.class);
        lease = TestLease.of(driver.object);
        Connection connection = Wrappers.connection(lease);
        List<LeasedStatement> all = new ArrayList<>();
        List<LeasedStatement> open = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            if (open.isEmpty() || random.nextInt(5) < 3) {
                LeasedStatement statement = (LeasedStatement) connection.createStatement();
                all.add(statement);
                open.add(statement);
            } else {
                Collections.shuffle(open, random);
                open.removeLast().close();
            }
        }
        assertThat(all.stream().filter(s -> s.linked)).as("seed %d", seed).hasSameElementsAs(open);

        connection.close();

        assertThat(all).as("seed %d", seed).allMatch(s -> !s.linked);
        assertThat(all)
                .allMatch(s -> s.next == null && s.previous == null)
                .allMatch(s -> closes(s) == 1);
        all.getFirst().close();
        assertThat(closes(all.getFirst())).isEqualTo(1);
    }

    private static RecordingDriverObject<?> recorder(LeasedStatement statement) {
        return (RecordingDriverObject<?>)
                java.lang.reflect.Proxy.getInvocationHandler(statement.raw);
    }

    private static long closes(LeasedStatement statement) {
        return recorder(statement).calls.stream().filter(m -> m.getName().equals("close")).count();
    }

    @Test
    void statement_closeFails_isTriedAgainAtTheEndAndSpoilsTheConnection() throws SQLException {
        var driver = new RecordingDriverObject<>(Connection.class);
        lease = TestLease.of(driver.object);
        driver.closed = false;
        Connection connection = Wrappers.connection(lease);
        LeasedStatement statement = (LeasedStatement) connection.createStatement();
        LeasedStatement other = (LeasedStatement) connection.createStatement();
        RecordingDriverObject<?> recorder = recorder(statement);
        recorder.failure = new SQLException("stuck", "XX000");
        assertThatThrownBy(statement::close).isSameAs(recorder.failure);
        assertThat(statement.linked).isTrue();

        connection.close();

        assertThat(closes(statement)).isEqualTo(2);
        assertThat(closes(other)).isEqualTo(1);
        assertThat(lease.released).isEqualTo(1);
        assertThatThrownBy(() -> lease.session.reset())
                .hasMessage("a statement could not be closed")
                .hasCause(recorder.failure);
    }

    @Test
    void statement_closeThrowsAnError_theOthersAreClosedAndTheConnectionIsSpoiled()
            throws SQLException {
        var driver = new RecordingDriverObject<>(Connection.class);
        lease = TestLease.of(driver.object);
        Connection connection = Wrappers.connection(lease);
        List<LeasedStatement> statements = new ArrayList<>();
        List<Error> errors = List.of(new LinkageError("0"), new LinkageError("1"));
        for (int i = 0; i < 4; i++) {
            statements.add((LeasedStatement) connection.createStatement());
        }
        recorder(statements.get(3)).failure = new IllegalStateException("first");
        recorder(statements.get(2)).failure = errors.get(0);
        recorder(statements.get(1)).failure = errors.get(1);

        assertThatThrownBy(connection::close).isSameAs(errors.get(0));

        assertThat(statements).allMatch(s -> closes(s) == 1);
        assertThat(lease.released).isEqualTo(1);
        assertThatThrownBy(() -> lease.session.reset())
                .hasMessage("a statement could not be closed")
                .hasCause(recorder(statements.get(3)).failure);
    }

    @Test
    void statement_madeWhileTheConnectionIsClosed_isClosedAndRefused() throws SQLException {
        var driver = new RecordingDriverObject<>(Connection.class);
        lease = TestLease.of(driver.object);
        LeasedConnection connection = (LeasedConnection) Wrappers.connection(lease);
        connection.close();
        var late = new RecordingDriverObject<>(Statement.class);

        assertThatThrownBy(() -> connection.wrap(late.object))
                .hasFieldOrPropertyWithValue("SQLState", "08003");
        assertThat(late.calls).extracting(m -> m.getName()).containsExactly("close");
    }

    @Test
    void closeOnCompletion_driverFails_isNotAssumed() {
        var recorder = new RecordingDriverObject<>(Statement.class);
        recorder.failure = new SQLException("lost", "08006");
        LeasedStatement statement =
                Wrappers.statement((LeasedConnection) connectionOverRecorder(), recorder.object);

        assertThatThrownBy(statement::closeOnCompletion).isSameAs(recorder.failure);
        assertThat(statement.closesOnCompletion).isFalse();
        assertThat(lease.expired).isTrue();
    }

    @Test
    void resultSet_closeFails_theFailureIsTheDriversAndSeen() {
        var recorder = new RecordingDriverObject<>(ResultSet.class);
        recorder.failure = new SQLException("lost", "08006");
        ResultSet results =
                Wrappers.resultSet(
                        (LeasedConnection) connectionOverRecorder(), null, recorder.object);

        assertThatThrownBy(results::close).isSameAs(recorder.failure);
        assertThat(lease.expired).isTrue();
    }
}
