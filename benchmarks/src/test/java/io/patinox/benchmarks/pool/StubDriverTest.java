package io.patinox.benchmarks.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class StubDriverTest {

    private final StubDriver driver = new StubDriver();

    @Test
    void connect_itsUrl_isANewConnectionEachTime() {
        Connection first = driver.connect(StubDriver.URL, new Properties());
        assertThat(first).isNotNull().isNotSameAs(driver.connect(StubDriver.URL, new Properties()));
    }

    @Test
    void connect_anotherUrl_isLeftToOtherDrivers() {
        assertThat(driver.connect("jdbc:h2:mem:", new Properties())).isNull();
        assertThat(driver.acceptsURL("jdbc:h2:mem:")).isFalse();
    }

    @Test
    void connection_stateOfASession_isKept() throws SQLException {
        try (StubConnection connection = new StubConnection()) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setCatalog("c");
            connection.setSchema("s");
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            connection.setNetworkTimeout(null, 700);
            assertThat(connection.getAutoCommit()).isFalse();
            assertThat(connection.isReadOnly()).isTrue();
            assertThat(connection.getCatalog()).isEqualTo("c");
            assertThat(connection.getSchema()).isEqualTo("s");
            assertThat(connection.getTransactionIsolation())
                    .isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
            assertThat(connection.getNetworkTimeout()).isEqualTo(700);
            assertThat(connection.getWarnings() == null).isTrue();
        }
    }

    @Test
    void connection_closedOrAborted_isNoLongerValid() {
        StubConnection closed = new StubConnection();
        assertThat(closed.isValid(1)).isTrue();
        closed.close();
        assertThat(closed.isValid(1)).isFalse();
        assertThat(closed.isClosed()).isTrue();
        StubConnection aborted = new StubConnection();
        aborted.abort(Runnable::run);
        assertThat(aborted.isValid(1)).isFalse();
    }

    @Test
    void connection_whatNeedsADatabase_isRefused() {
        StubConnection connection = new StubConnection();
        assertThatThrownBy(connection::createStatement)
                .isInstanceOf(SQLFeatureNotSupportedException.class);
        assertThatThrownBy(() -> connection.prepareStatement("select 1"))
                .isInstanceOf(SQLFeatureNotSupportedException.class);
        assertThatThrownBy(() -> connection.setClientInfo("name", "value"))
                .isInstanceOf(SQLClientInfoException.class);
    }

    @Test
    void connection_unwrap_isItselfOrAnError() throws SQLException {
        StubConnection connection = new StubConnection();
        assertThat(connection.unwrap(StubConnection.class)).isSameAs(connection);
        assertThat(connection.isWrapperFor(Connection.class)).isTrue();
        assertThatThrownBy(() -> connection.unwrap(String.class))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("java.lang.String");
    }
}
