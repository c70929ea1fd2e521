package io.patinox.memory.error;

/// A connection was requested from a pool that is closing or closed.
public final class PoolClosedException extends PoolException {

    private static final long serialVersionUID = 1L;

    /// Creates the exception.
    ///
    /// @param pool the name of the pool
    public PoolClosedException(String pool) {
        super(MemoryErrorCode.POOL_CLOSED, pool, "pool '" + pool + "' is closed", null);
    }
}
