package io.patinox.jdbc.internal;

import io.patinox.memory.pool.LeaseInfo;
import io.patinox.memory.pool.PooledConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/// A lease without a pool, which tells what became of it.
final class TestLease implements PooledConnection<Session> {
    final Session session;
    int released;
    boolean expired;

    TestLease(Session session) {
        this.session = session;
    }

    static TestLease of(Connection connection) throws SQLException {
        return of(connection, new SessionSettings(true, false, null, null, null, null));
    }

    static TestLease of(Connection connection, SessionSettings settings) throws SQLException {
        return new TestLease(Session.open(connection, settings, Duration.ofSeconds(5)));
    }

    /// A lease of the same session for the next borrower, after the reset that the pool would do.
    TestLease next() throws SQLException {
        session.reset();
        return new TestLease(session);
    }

    @Override
    public Session connection() {
        return session;
    }

    @Override
    public void close() {
        released++;
    }

    @Override
    public void expire() {
        expired = true;
    }

    @Override
    public boolean isReleased() {
        return released > 0;
    }

    @Override
    public LeaseInfo info() {
        Duration none = Duration.ZERO;
        return new LeaseInfo("test", none, 1, none, none, null);
    }

    @Override
    public PooledConnection<Session> label(String label) {
        return this;
    }

    @Override
    public Session detach() {
        released++;
        return session;
    }
}
