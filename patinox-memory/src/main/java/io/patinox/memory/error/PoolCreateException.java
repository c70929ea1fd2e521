package io.patinox.memory.error;

import io.patinox.memory.internal.Describe;

/// The manager of a pool could not create a connection.
///
/// The cause decides the strategy.
public final class PoolCreateException extends PoolException {

    private static final long serialVersionUID = 1L;

    /// How many attempts in a row have failed.
    private final int attempts;

    /// Creates the exception.
    ///
    /// @param pool the name of the pool
    /// @param attempts how many attempts in a row have failed
    /// @param cause what the last attempt threw
    public PoolCreateException(String pool, int attempts, Throwable cause) {
        super(
                MemoryErrorCode.POOL_CREATE_FAILED,
                pool,
                "pool '"
                        + pool
                        + "' could not create a connection: attempt "
                        + attempts
                        + " failed with "
                        + Describe.type(cause),
                cause);
        this.attempts = attempts;
    }

    /// Returns how many attempts in a row have failed.
    ///
    /// @return the number
    public int attempts() {
        return attempts;
    }
}
