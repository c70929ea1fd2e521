package io.patinox.jdbc.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LeasedConnectionTest {
    private RecordingDriverObject<Connection> driver;
    private TestLease lease;
    private Connection connection;

    @BeforeEach
    void borrow() throws SQLException {
        driver = new RecordingDriverObject<>(Connection.class);
        lease = TestLease.of(driver.object);
        connection = Wrappers.connection(lease);
        driver.closed = false;
        driver.calls.clear();
    }

    @Test
    void close_twice_releasesOnce() throws SQLException {
        assertThat(connection.isClosed()).isFalse();
        connection.close();
        connection.close();

        assertThat(lease.released).isEqualTo(1);
        assertThat(lease.expired).isFalse();
        assertThat(connection.isClosed()).isTrue();
        assertThat(driver.calls).extracting(Method::getName).doesNotContain("close");
    }

    @Test
    void afterClose_everyMethod_throwsThatTheConnectionIsClosed() throws Exception {
        DatabaseMetaData metaData = connection.getMetaData();
        connection.close();
        driver.calls.clear();
        Set<String> allowed = Set.of("close", "isClosed", "isValid", "abort");
        for (Object subject : new Object[] {connection, metaData}) {
            Class<?> api = subject == metaData ? DatabaseMetaData.class : Connection.class;
            for (Method method : api.getMethods()) {
                if (allowed.contains(method.getName()) || takesWrapper(method)) {
                    continue;
                }
                Object[] args = RecordingDriverObject.arguments(method);
                assertThatThrownBy(() -> method.invoke(subject, args))
                        .as("%s", method)
                        .isInstanceOf(InvocationTargetException.class)
                        .cause()
                        .isInstanceOf(SQLException.class)
                        .hasFieldOrPropertyWithValue("SQLState", "08003");
            }
        }
        assertThat(driver.calls).isEmpty();
        assertThat(lease.expired).isFalse();
    }

    private static boolean takesWrapper(Method method) {
        return method.getName().equals("isWrapperFor") || method.getName().equals("unwrap");
    }

    @Test
    void afterClose_unwrap_givesTheDriversConnectionToNobody() throws SQLException {
        DatabaseMetaData metaData = connection.getMetaData();
        connection.close();

        assertThatThrownBy(() -> connection.unwrap(RecordingDriverObject.class))
                .isInstanceOf(SQLNonTransientConnectionException.class)
                .hasMessage("the connection is closed: its lease ended with close()");
        assertThatThrownBy(() -> connection.isWrapperFor(RecordingDriverObject.class))
                .hasFieldOrPropertyWithValue("SQLState", "08003");
        assertThatThrownBy(() -> metaData.unwrap(RecordingDriverObject.class))
                .hasFieldOrPropertyWithValue("SQLState", "08003");
    }

    @Test
    void unwrap_ownInterface_isTheWrapperItself() throws SQLException {
        assertThat(connection.unwrap(Connection.class)).isSameAs(connection);
        assertThat(connection.isWrapperFor(Connection.class)).isTrue();
        assertThat(driver.calls).isEmpty();
    }

    @Test
    void unwrap_classOfTheDriver_isTheDriversObject() throws SQLException {
        Class<?> driverClass = driver.object.getClass();
        assertThat(connection.isWrapperFor(driverClass)).isTrue();
        assertThat((Object) connection.unwrap(driverClass)).isSameAs(driver.object);
    }

    @Test
    void unwrap_somethingElse_asksTheDriver() throws SQLException {
        assertThat(connection.isWrapperFor(StringBuilder.class)).isTrue();
        assertThat(driver.last().getName()).isEqualTo("isWrapperFor");
        assertThat(connection.unwrap(StringBuilder.class)).isNull();
        assertThat(driver.last().getName()).isEqualTo("unwrap");
    }

    @Test
    void isValid_negativeTimeout_isRefused() {
        assertThatThrownBy(() -> connection.isValid(-1))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("-1")
                .hasFieldOrPropertyWithValue("SQLState", "22023");
    }

    @Test
    void isValid_driverSaysYes_keepsTheLease() throws SQLException {
        assertThat(connection.isValid(3)).isTrue();
        assertThat(driver.arguments).containsExactly(3);
        assertThat(lease.expired).isFalse();
        connection.close();
        assertThat(connection.isValid(3)).isFalse();
    }

    @Test
    void isValid_driverSaysNo_expiresTheLease() throws SQLException {
        driver.invalid = true;
        assertThat(connection.isValid(0)).isFalse();
        assertThat(lease.expired).isTrue();
    }

    @Test
    void isValid_connectionLost_expiresTheLease() {
        driver.failure = new SQLException("lost", "08006");
        assertThatThrownBy(() -> connection.isValid(0)).isSameAs(driver.failure);
        assertThat(lease.expired).isTrue();
    }

    @Test
    void abort_openConnection_abortsTheDriversAndReleasesTheLeaseAsExpired() throws SQLException {
        connection.abort(Runnable::run);
        connection.abort(Runnable::run);

        assertThat(driver.calls).extracting(Method::getName).containsExactly("abort");
        assertThat(lease.expired).isTrue();
        assertThat(lease.released).isEqualTo(1);
        assertThat(connection.isClosed()).isTrue();
    }

    @Test
    void abort_driverFails_releasesTheLeaseAllTheSame() {
        driver.failure = new SQLException("no", "0A000");
        assertThatThrownBy(() -> connection.abort(Runnable::run)).isSameAs(driver.failure);
        assertThat(lease.released).isEqualTo(1);
        assertThat(lease.expired).isTrue();
    }

    @Test
    void abort_withoutExecutor_isRefusedAndTheConnectionStaysOpen() throws SQLException {
        assertThatThrownBy(() -> connection.abort(null))
                .hasFieldOrPropertyWithValue("SQLState", "22004");
        assertThat(connection.isClosed()).isFalse();
        assertThat(lease.released).isZero();
    }

    @Test
    void failed_afterClose_doesNotExpireWhatMayBeLentAgain() throws SQLException {
        DatabaseMetaData metaData = connection.getMetaData();
        var statement = (LeasedStatement) connection.createStatement();
        connection.close();
        statement.failed(new SQLException("lost", "08006"));

        assertThat(metaData).isNotNull();
        assertThat(lease.expired).isFalse();
    }

    @Test
    void setting_driverRefuses_theFailureIsTheDriversAndTheSettingIsPutBack() throws SQLException {
        driver.refusals.add("setSchema");
        assertThatThrownBy(() -> connection.setSchema("s")).isSameAs(driver.refusal);
        connection.close();
        driver.refusals.clear();
        lease.session.reset();

        assertThat(driver.calls).extracting(Method::getName).contains("setSchema");
    }

    @Test
    void setting_connectionLost_expiresTheLease() {
        driver.refusals.add("setReadOnly");
        driver.refusal = new SQLException("lost", "08006");
        assertThatThrownBy(() -> connection.setReadOnly(true)).isSameAs(driver.refusal);
        assertThat(lease.expired).isTrue();
    }

    @Test
    void clientInfo_closed_isOfTheTypeThatTheMethodDeclares() throws SQLException {
        connection.close();
        assertThatThrownBy(() -> connection.setClientInfo("a", "b"))
                .isInstanceOf(SQLClientInfoException.class)
                .hasFieldOrPropertyWithValue("SQLState", "08003")
                .hasCauseInstanceOf(SQLNonTransientConnectionException.class);
    }

    @Test
    void clientInfo_driverRefuses_theFailureIsTheDrivers() {
        driver.refusals.add("setClientInfo");
        driver.refusal = new SQLClientInfoException();
        assertThatThrownBy(() -> connection.setClientInfo(new Properties()))
                .isSameAs(driver.refusal);
    }

    @Test
    void close_fromManyThreads_releasesOnce() throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        Thread[] threads = new Thread[16];
        for (int i = 0; i < threads.length; i++) {
            threads[i] =
                    Thread.startVirtualThread(() -> {
                        try {
                            start.await();
                            connection.close();
                        } catch (InterruptedException | SQLException e) {
                            throw new IllegalStateException(e);
                        }
                    });
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(lease.released).isEqualTo(1);
    }

    @Test
    void toString_beforeAndAfterClose_tellsWhetherTheLeaseIsOver() throws SQLException {
        assertThat(connection.toString()).startsWith("lease of connection@");
        connection.close();
        assertThat(connection.toString()).startsWith("closed lease of connection@");
    }
}
