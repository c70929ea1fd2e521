package io.patinox.memory.error;

import io.patinox.memory.internal.Describe;

/// A pool that is set to fail fast has nothing to lend, and creating a connection has failed again
/// and again.
///
/// Nothing was started, so the call may be tried again whether or not it is idempotent, but not at
/// once: the pool finds out by itself when the other side is there again. The cause is what the
/// last attempt threw; an `Error` or a [RecoveryStrategy.Fail] in it decides the strategy.
public final class PoolUnavailableException extends PoolException {

    private static final long serialVersionUID = 1L;

    /// How many attempts in a row have failed.
    private final int attempts;

    /// Creates the exception.
    ///
    /// @param pool the name of the pool
    /// @param attempts how many attempts in a row have failed
    /// @param cause what the last attempt threw
    public PoolUnavailableException(String pool, int attempts, Throwable cause) {
        super(
                MemoryErrorCode.POOL_UNAVAILABLE,
                pool,
                "pool '"
                        + pool
                        + "' has nothing to lend: "
                        + attempts
                        + " attempts in a row to create a connection failed, the last with "
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
