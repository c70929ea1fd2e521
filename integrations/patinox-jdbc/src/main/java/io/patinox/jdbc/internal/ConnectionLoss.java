package io.patinox.jdbc.internal;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells failures after which a connection is of no more use from failures of what was asked.
public final class ConnectionLoss {
    // disconnect error; idle in transaction too long; transaction too long (both end the session)
    private static final Set<String> STATES = Set.of("01002", "25P03", "25P04");

    private ConnectionLoss() {}

    /// Returns whether the failure, or one it leads to, says that the connection is lost: SQLState
    /// class 08 (connection), 57P0x (the server ended the session), 01002, 25P03, 25P04, and the
    /// exception types of JDBC with that meaning. A cancelled query and a timeout of a query don't.
    ///
    /// @param failure what the driver threw
    /// @return true if the connection must not be used again
    public static boolean isIn(Throwable failure) {
        return find(failure, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static boolean find(@Nullable Throwable failure, Set<Throwable> seen) {
        if (failure == null || !seen.add(failure)) {
            return false;
        }
        if (failure instanceof SQLException e) {
            return isItself(e) || find(e.getNextException(), seen) || find(e.getCause(), seen);
        }
        return find(failure.getCause(), seen);
    }

    private static boolean isItself(SQLException e) {
        return switch (e) {
            case SQLTimeoutException _ -> false;
            case SQLNonTransientConnectionException _ -> true;
            case SQLTransientConnectionException _ -> true;
            case SQLRecoverableException _ -> true;
            default -> isLossState(e.getSQLState());
        };
    }

    private static boolean isLossState(@Nullable String state) {
        return state != null
                && (state.startsWith("08") || state.startsWith("57P0") || STATES.contains(state));
    }

    /// Returns whether the server refused to write because it is read-only, as an old primary does
    /// after a failover.
    static boolean isReadOnlyServer(Throwable failure) {
        return failure instanceof SQLException e && "25006".equals(e.getSQLState());
    }
}
