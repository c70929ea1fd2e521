package io.patinox.jdbc.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConnectionLossTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "08000", "08003", "08006", "08S01", "57P01", "57P02", "57P03", "57P05", "01002",
                "25P03", "25P04"
            })
    void state_ofALostConnection_isOne(String state) {
        assertThat(ConnectionLoss.isIn(new SQLException("x", state))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"57014", "42601", "25P02", "25006", "40001", "01000", "53200", "0A000"})
    void state_ofAFailedStatement_isNone(String state) {
        assertThat(ConnectionLoss.isIn(new SQLException("x", state))).isFalse();
    }

    @Test
    void type_ofALostConnection_isOneWhateverItsState() {
        assertThat(ConnectionLoss.isIn(new SQLNonTransientConnectionException("x"))).isTrue();
        assertThat(ConnectionLoss.isIn(new SQLTransientConnectionException("x"))).isTrue();
        assertThat(ConnectionLoss.isIn(new SQLRecoverableException("x"))).isTrue();
    }

    @Test
    void timeout_ofAStatement_isNoneWhateverItsState() {
        assertThat(ConnectionLoss.isIn(new SQLTimeoutException("slow", "08006"))).isFalse();
        assertThat(ConnectionLoss.isIn(new SQLException("no state"))).isFalse();
        assertThat(ConnectionLoss.isIn(new IOException("no SQL"))).isFalse();
    }

    @Test
    void chain_leadsToALostConnection_isOne() {
        SQLException lost = new SQLException("lost", "08006");
        BatchUpdateException batch = new BatchUpdateException("batch", "21000", new int[0]);
        batch.setNextException(lost);
        assertThat(ConnectionLoss.isIn(batch)).isTrue();
        assertThat(ConnectionLoss.isIn(new SQLException("outer", "XX000", lost))).isTrue();
        assertThat(ConnectionLoss.isIn(new RuntimeException(lost))).isTrue();
    }

    @Test
    void chain_leadsBackIntoItself_ends() {
        SQLException first = new SQLException("first", "42601");
        SQLException second = new SQLException("second", "42601", first);
        first.initCause(second);
        first.setNextException(second);
        assertThat(ConnectionLoss.isIn(first)).isFalse();
    }

    @Test
    void state_ofAReadOnlyServer_isTold() {
        assertThat(ConnectionLoss.isReadOnlyServer(new SQLException("x", "25006"))).isTrue();
        assertThat(ConnectionLoss.isReadOnlyServer(new SQLException("x", "25001"))).isFalse();
        assertThat(ConnectionLoss.isReadOnlyServer(new IOException())).isFalse();
    }
}
