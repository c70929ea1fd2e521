package io.patinox.jdbc.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Wrapper;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every method of every JDBC interface that is wrapped arrives at the driver with its arguments,
/// and its answer or its exception comes back.
final class ForwardingTest {
    private TestLease lease;
    private LeasedConnection connection;

    /// A wrapper, the interface it stands for, and what stands behind it.
    private record Subject(
            Class<?> base, Class<?> api, Leased<?> wrapper, RecordingDriverObject<?> driver) {}

    @BeforeEach
    void lease() throws SQLException {
        lease = TestLease.of(new RecordingDriverObject<>(Connection.class).object);
        connection = (LeasedConnection) Wrappers.connection(lease);
    }

    static List<Class<? extends Wrapper>> interfaces() {
        return List.of(
                Connection.class,
                Statement.class,
                PreparedStatement.class,
                CallableStatement.class,
                ResultSet.class,
                DatabaseMetaData.class);
    }

    private Subject subject(Class<?> api) throws SQLException {
        if (api == Connection.class) {
            var driver = new RecordingDriverObject<>(Connection.class);
            lease = TestLease.of(driver.object);
            connection = (LeasedConnection) Wrappers.connection(lease);
            return new Subject(LeasedConnection.class, api, connection, driver);
        }
        if (api == Statement.class) {
            var driver = new RecordingDriverObject<>(Statement.class);
            var wrapper = Wrappers.statement(connection, driver.object);
            return new Subject(LeasedStatement.class, api, wrapper, driver);
        }
        if (api == PreparedStatement.class) {
            var driver = new RecordingDriverObject<>(PreparedStatement.class);
            var wrapper = Wrappers.prepared(connection, driver.object);
            return new Subject(LeasedStatement.class, api, wrapper, driver);
        }
        if (api == CallableStatement.class) {
            var driver = new RecordingDriverObject<>(CallableStatement.class);
            var wrapper = Wrappers.callable(connection, driver.object);
            return new Subject(LeasedStatement.class, api, wrapper, driver);
        }
        if (api == ResultSet.class) {
            var driver = new RecordingDriverObject<>(ResultSet.class);
            var wrapper = Wrappers.resultSet(connection, null, driver.object);
            return new Subject(LeasedResultSet.class, api, wrapper, driver);
        }
        var driver = new RecordingDriverObject<>(DatabaseMetaData.class);
        var wrapper = Wrappers.metaData(connection, driver.object);
        return new Subject(LeasedMetaData.class, api, wrapper, driver);
    }

    private static @Nullable Object call(Subject subject, Method method, @Nullable Object[] args)
            throws Throwable {
        try {
            return method.invoke(subject.wrapper, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @ParameterizedTest
    @MethodSource("interfaces")
    void wrapper_anyForwardedMethod_reachesTheDriverWithItsArguments(Class<?> api)
            throws Throwable {
        Subject subject = subject(api);
        List<Method> methods = Forwarding.forwarded(subject.base, api);
        for (Method method : methods) {
            @Nullable Object[] args = RecordingDriverObject.arguments(method);
            Object answer = call(subject, method, args);

            Method arrived = subject.driver.last();
            assertThat(arrived.getName()).isEqualTo(method.getName());
            assertThat(arrived.getParameterTypes()).isEqualTo(method.getParameterTypes());
            assertThat(subject.driver.arguments).as("%s", method).isEqualTo(args);
            if (answer instanceof Leased<?> leased) {
                assertThat((Object) leased.raw).as("%s", method).isSameAs(subject.driver.answer);
            } else {
                assertThat(answer).as("%s", method).isEqualTo(subject.driver.answer);
            }
        }
        assertThat(methods.size()).as("forwarded methods").isGreaterThan(35);
    }

    @ParameterizedTest
    @MethodSource("interfaces")
    void wrapper_driverThrows_throwsTheSameAndExpiresTheLeaseOnlyIfTheConnectionIsLost(Class<?> api)
            throws Throwable {
        Subject subject = subject(api);
        for (Method method : Forwarding.forwarded(subject.base, api)) {
            @Nullable Object[] args = RecordingDriverObject.arguments(method);
            lease.expired = false;
            for (Throwable failure : failures(method)) {
                subject.driver.failure = failure;
                assertThat(catchThrowable(() -> call(subject, method, args))).isSameAs(failure);
                boolean lost = failure instanceof Error || ConnectionLoss.isIn(failure);
                assertThat(lease.expired).as("%s threw %s", method, failure).isEqualTo(lost);
            }
        }
    }

    // the harmless first, since a lease stays expired; checked exceptions only where declared
    private static List<Throwable> failures(Method method) {
        List<Throwable> failures = new ArrayList<>();
        boolean declared =
                Stream.of(method.getExceptionTypes()).anyMatch(SQLException.class::equals);
        failures.add(new IllegalArgumentException("bad argument"));
        if (declared) {
            failures.add(new SQLException("bad statement", "42601"));
            failures.add(new SQLException("lost", "08006"));
        }
        failures.add(new NoClassDefFoundError("driver"));
        return failures;
    }

    @Test
    void wrapper_returnsAJdbcObject_itLeadsBackToTheBorrowersConnection() throws Exception {
        for (Class<?> kind : interfaces()) {
            Subject subject = subject(kind);
            for (Method method : Forwarding.forwarded(subject.base, kind)) {
                Class<?> type = method.getReturnType();
                if (Statement.class.isAssignableFrom(type) || type == DatabaseMetaData.class) {
                    Object made =
                            method.invoke(subject.wrapper, RecordingDriverObject.arguments(method));
                    assertThat(made).as("%s", method).isInstanceOf(Leased.class).isInstanceOf(type);
                    Connection back = (Connection) type.getMethod("getConnection").invoke(made);
                    assertThat(back).isSameAs(connection);
                } else if (type == ResultSet.class) {
                    Object made =
                            method.invoke(subject.wrapper, RecordingDriverObject.arguments(method));
                    assertThat(made).as("%s", method).isInstanceOf(LeasedResultSet.class);
                }
            }
        }
    }
}
