package io.patinox.memory.error;

/// The thread was interrupted while it waited for a pooled connection.
///
/// Whoever throws it has set the interrupt flag again; nothing is held by the thread.
public final class PoolInterruptedException extends PoolException {

    private static final long serialVersionUID = 1L;

    /// Creates the exception.
    ///
    /// @param pool the name of the pool
    /// @param cause the interruption
    public PoolInterruptedException(String pool, InterruptedException cause) {
        super(
                MemoryErrorCode.POOL_INTERRUPTED,
                pool,
                "the wait for a connection of pool '" + pool + "' was interrupted",
                cause);
    }
}
