package io.patinox.jdbc;

import io.patinox.memory.error.IntegrationException;
import org.jspecify.annotations.Nullable;

/// A connection could not be opened, put back into its first state, or closed.
///
/// [PatinoxDataSourceBuilder#build()] throws it as it is. [PatinoxDataSource#getConnection()] must
/// throw `SQLException`s, which have it, or one of the pool's exceptions, as their cause; so
/// [io.patinox.memory.error.RecoveryStrategy#of(Throwable)] finds its strategy there too.
///
/// Neither the message nor any message down the chain of causes contains a password that was given
/// to the builder or stood in the URL. Immutable.
public final class JdbcException extends IntegrationException {
    private static final long serialVersionUID = 1L;

    /// What failed.
    private final JdbcErrorCode jdbcCode;

    /// Creates the exception.
    ///
    /// @param code what failed
    /// @param message what happened, without any secret
    /// @param cause what the driver threw, without any secret, or null
    public JdbcException(JdbcErrorCode code, String message, @Nullable Throwable cause) {
        super(code, message, cause);
        this.jdbcCode = code;
    }

    /// Returns what failed: the same as [#code()], with its type.
    ///
    /// @return the code
    public JdbcErrorCode jdbcCode() {
        return jdbcCode;
    }
}
