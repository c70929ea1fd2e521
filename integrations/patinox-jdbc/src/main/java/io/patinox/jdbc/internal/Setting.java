package io.patinox.jdbc.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// A setting of a connection that a borrower can change, and how it is read and put back.
///
/// The order is the order of putting back. Auto-commit is not among them: every driver knows it
/// without asking the database, so it is compared at the end of each lease instead of remembered.
enum Setting {
    READ_ONLY(true) {
        @Override
        Object read(Connection connection) throws SQLException {
            return connection.isReadOnly();
        }

        @Override
        void write(Connection connection, Object value) throws SQLException {
            connection.setReadOnly((Boolean) value);
        }
    },
    ISOLATION(true) {
        @Override
        Object read(Connection connection) throws SQLException {
            return connection.getTransactionIsolation();
        }

        @Override
        void write(Connection connection, Object value) throws SQLException {
            connection.setTransactionIsolation((Integer) value);
        }
    },
    CATALOG(true) {
        @Override
        @Nullable Object read(Connection connection) throws SQLException {
            return connection.getCatalog();
        }

        @Override
        void write(Connection connection, Object value) throws SQLException {
            connection.setCatalog((String) value);
        }
    },

    /// PostgreSQL's schema is the first of a path, and setting it forgets the others. So there the
    /// whole path goes back to what it was when the connection was opened.
    SCHEMA(true) {
        @Override
        @Nullable Object read(Connection connection) throws SQLException {
            return "PostgreSQL".equals(connection.getMetaData().getDatabaseProductName())
                    ? SearchPath.AS_OPENED
                    : connection.getSchema();
        }

        @Override
        void write(Connection connection, Object value) throws SQLException {
            if (value == SearchPath.AS_OPENED) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("RESET search_path");
                }
            } else {
                connection.setSchema((String) value);
            }
        }
    },
    HOLDABILITY(true) {
        @Override
        Object read(Connection connection) throws SQLException {
            return connection.getHoldability();
        }

        @Override
        void write(Connection connection, Object value) throws SQLException {
            connection.setHoldability((Integer) value);
        }
    },
    TYPE_MAP(false) {
        @Override
        Object read(Connection connection) throws SQLException {
            Map<String, Class<?>> map = connection.getTypeMap();
            return map == null ? new HashMap<>() : new HashMap<>(map);
        }

        @Override
        @SuppressWarnings("unchecked")
        void write(Connection connection, Object value) throws SQLException {
            connection.setTypeMap(new HashMap<>((Map<String, Class<?>>) value));
        }
    },
    CLIENT_INFO(false) {
        @Override
        @Nullable Object read(Connection connection) throws SQLException {
            Properties info = connection.getClientInfo();
            if (info == null) {
                return null;
            }
            Properties copy = new Properties();
            copy.putAll(info);
            return copy;
        }

        @Override
        void write(Connection connection, Object value) throws SQLException {
            connection.setClientInfo((Properties) value);
        }
    },

    /// Can't be read, so a connection whose key was set is not used again.
    SHARDING_KEY(false) {
        @Override
        @Nullable Object read(Connection connection) {
            return null;
        }

        @Override
        void write(Connection connection, Object value) throws SQLException {
            throw new SQLFeatureNotSupportedException("a sharding key can't be put back", "0A000");
        }
    },

    /// Comes last: while the others are put back a timeout of the pool's own is set.
    NETWORK_TIMEOUT(true) {
        @Override
        Object read(Connection connection) throws SQLException {
            return connection.getNetworkTimeout();
        }

        @Override
        void write(Connection connection, Object value) throws SQLException {
            connection.setNetworkTimeout(Runnable::run, (Integer) value);
        }
    };

    private enum SearchPath {
        AS_OPENED
    }

    /// True if read when the connection is opened; false if only before it is first touched.
    final boolean readAtOpen;

    Setting(boolean readAtOpen) {
        this.readAtOpen = readAtOpen;
    }

    /// Reads the value, or returns `null` if there is none that could be put back.
    abstract @Nullable Object read(Connection connection) throws SQLException;

    /// Puts a value back that [#read] returned.
    abstract void write(Connection connection, Object value) throws SQLException;

    /// The place of this setting in an array that has one for each.
    @SuppressWarnings("EnumOrdinal") // never leaves the process
    int index() {
        return ordinal();
    }

    int bit() {
        return 1 << index();
    }

    /// Reads like [#read], and takes a driver that can't say for "none": it matters only if the
    /// borrower touches this setting, and then the connection is not used again.
    ///
    /// @throws SQLException if the connection is lost
    @Nullable Object readIfSupported(Connection connection) throws SQLException {
        try {
            return read(connection);
        } catch (SQLException e) {
            if (ConnectionLoss.isIn(e)) {
                throw e;
            }
            return null;
        } catch (UnsupportedOperationException | AbstractMethodError e) {
            return null; // a driver older than the method
        }
    }
}
