package io.patinox.memory.error;

import org.jspecify.annotations.Nullable;

/// The open branch of the tree: failures of integrations, such as the JDBC data source.
///
/// A subclass brings an [ErrorCode] of its own enum; message, strategy and wrapping then work as
/// for every other failure of the library.
public abstract non-sealed class IntegrationException extends PatinoxException {

    private static final long serialVersionUID = 1L;

    /// Creates the exception. Its message is the code's id, `message`, and the code's remedy.
    ///
    /// @param code what the failure is
    /// @param message what happened, with the limit and the actual value, and without any secret
    /// @param cause what it came from, or null
    protected IntegrationException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(code, message, cause);
    }
}
