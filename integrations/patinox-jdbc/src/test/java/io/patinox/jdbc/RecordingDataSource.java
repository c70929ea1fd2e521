package io.patinox.jdbc;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// A data source without a pool that remembers for whom it was asked.
final class RecordingDataSource implements DataSource {
    final List<@Nullable String> users = new CopyOnWriteArrayList<>();
    private final Opener opener;

    /// Opens a connection for it.
    interface Opener {
        @Nullable Connection open() throws SQLException;
    }

    RecordingDataSource(Opener opener) {
        this.opener = opener;
    }

    @Override
    public Connection getConnection() throws SQLException {
        users.add(null);
        return opener.open();
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        users.add(user);
        return opener.open();
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("no wrapper");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
