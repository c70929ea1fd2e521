package io.patinox.jdbc.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whatever may wait for the database at the end of a lease does so under the pool's own network
/// timeout, and the next borrower finds the one of the data source.
final class AnswerLimitTest {
    private static final int OURS = 5_000; // the one of TestLease
    private static final int OPTION = 77_000;

    // what drivers answer without asking the database
    private static final Set<String> LOCAL =
            Set.of("isClosed", "getAutoCommit", "setNetworkTimeout", "clearWarnings");

    private Connection real;
    private Connection recorded;
    private final List<String> calls = new ArrayList<>();

    @BeforeEach
    void open() throws SQLException {
        real = Database.POSTGRES.open();
        recorded = recorded(Connection.class, real);
    }

    @AfterEach
    void close() throws SQLException {
        real.close();
    }

    private <T> T recorded(Class<T> type, Object target) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (_, method, args) -> record(target, method, args)));
    }

    private @Nullable Object record(Object target, Method method, @Nullable Object[] args)
            throws Throwable {
        if (!LOCAL.contains(method.getName())) {
            calls.add(method.getName() + " within " + real.getNetworkTimeout());
        }
        try {
            Object result = method.invoke(target, args);
            return result instanceof Statement ? recorded(method.getReturnType(), result) : result;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private TestLease lease(boolean autoCommit) throws SQLException {
        Duration option = Duration.ofMillis(OPTION);
        return TestLease.of(
                recorded, new SessionSettings(autoCommit, false, null, null, null, option));
    }

    private void end(TestLease lease, Connection connection) throws SQLException {
        calls.clear();
        connection.close();
        lease.session.reset();
        assertThat(real.getNetworkTimeout()).isEqualTo(OPTION);
        assertThat(calls).allMatch(call -> call.endsWith(" within " + OURS));
    }

    private List<String> called() {
        return calls.stream().map(call -> call.substring(0, call.indexOf(' '))).toList();
    }

    @Test
    void reset_statementsLeftOpen_closesThemWithinTheLimit() throws SQLException {
        TestLease lease = lease(true);
        Connection connection = Wrappers.connection(lease);
        assertThat(connection.prepareStatement("SELECT 1")).isNotNull();
        assertThat(connection.createStatement()).isNotNull();

        end(lease, connection);

        assertThat(called()).containsExactly("close", "close");
    }

    @Test
    void reset_everythingLeftOver_putsItBackWithinTheLimit() throws SQLException {
        TestLease lease = lease(true);
        Connection connection = Wrappers.connection(lease);
        connection.setNetworkTimeout(Runnable::run, 1_234);
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        assertThat(connection.createStatement().executeQuery("SELECT 1").next()).isTrue();

        end(lease, connection);

        assertThat(called()).containsExactly("close", "rollback", "setAutoCommit", "setReadOnly");
    }

    @Test
    void autoCommit_offByOptionAndSwitchedOn_isOffAgainWithinTheLimit() throws SQLException {
        TestLease lease = lease(false);
        Connection connection = Wrappers.connection(lease);
        connection.setAutoCommit(true);

        end(lease, connection);

        assertThat(called()).containsExactly("setAutoCommit");
        assertThat(real.getAutoCommit()).isFalse();
    }

    @Test
    void autoCommit_offByOptionWithSettingsTouched_isOffAgainWithinTheLimit() throws SQLException {
        TestLease lease = lease(false);
        Connection connection = Wrappers.connection(lease);
        connection.setReadOnly(true);

        end(lease, connection);

        assertThat(called())
                .containsExactly("rollback", "setAutoCommit", "setReadOnly", "setAutoCommit");
        assertThat(real.getAutoCommit()).isFalse();
    }

    @Test
    void reset_nothingLeftOver_setsNoLimit() throws SQLException {
        TestLease lease = lease(true);
        Connection connection = Wrappers.connection(lease);
        connection.createStatement().close();

        end(lease, connection);

        assertThat(called()).isEmpty();
    }
}
