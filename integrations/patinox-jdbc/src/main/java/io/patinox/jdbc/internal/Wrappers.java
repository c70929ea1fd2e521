package io.patinox.jdbc.internal;

import io.patinox.memory.pool.PooledConnection;
import java.lang.invoke.MethodHandle;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/// Makes the wrappers. The handles are constants, so a call through one is inlined like `new`.
public final class Wrappers {
    private static final MethodHandle CONNECTION =
            Forwarding.constructor(
                    LeasedConnection.class,
                    Connection.class,
                    PooledConnection.class,
                    Session.class);
    private static final MethodHandle META_DATA =
            Forwarding.constructor(
                    LeasedMetaData.class,
                    DatabaseMetaData.class,
                    LeasedConnection.class,
                    DatabaseMetaData.class);
    private static final MethodHandle STATEMENT = ofStatement(Statement.class);
    private static final MethodHandle PREPARED = ofStatement(PreparedStatement.class);
    private static final MethodHandle CALLABLE = ofStatement(CallableStatement.class);
    private static final MethodHandle RESULT_SET =
            Forwarding.constructor(
                    LeasedResultSet.class,
                    ResultSet.class,
                    LeasedConnection.class,
                    LeasedStatement.class,
                    ResultSet.class);

    private Wrappers() {}

    /// Returns the borrower's view of a leased session.
    ///
    /// @param lease the lease, which the connection's `close()` releases
    /// @return the connection
    public static Connection connection(PooledConnection<Session> lease) {
        Session session = lease.connection();
        try {
            return (LeasedConnection) CONNECTION.invokeExact(lease, session);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static LeasedMetaData metaData(LeasedConnection connection, DatabaseMetaData raw) {
        try {
            return (LeasedMetaData) META_DATA.invokeExact(connection, raw);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static LeasedStatement statement(LeasedConnection connection, Statement raw) {
        try {
            return (LeasedStatement) STATEMENT.invokeExact(connection, raw);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static LeasedStatement prepared(LeasedConnection connection, PreparedStatement raw) {
        try {
            return (LeasedStatement) PREPARED.invokeExact(connection, (Statement) raw);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static LeasedStatement callable(LeasedConnection connection, CallableStatement raw) {
        try {
            return (LeasedStatement) CALLABLE.invokeExact(connection, (Statement) raw);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static LeasedResultSet resultSet(
            LeasedConnection connection, @Nullable LeasedStatement statement, ResultSet raw) {
        try {
            return (LeasedResultSet) RESULT_SET.invokeExact(connection, statement, raw);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    private static MethodHandle ofStatement(Class<? extends Statement> kind) {
        return Forwarding.constructor(
                LeasedStatement.class, kind, LeasedConnection.class, Statement.class);
    }

    // the constructors only store fields: what comes out of them is an error of the JVM
    private static RuntimeException unexpected(Throwable t) {
        if (t instanceof Error error) {
            throw error;
        }
        return new IllegalStateException(t);
    }
}
