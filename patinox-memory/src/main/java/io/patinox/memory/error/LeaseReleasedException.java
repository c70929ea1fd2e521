package io.patinox.memory.error;

/// A pooled connection was used after its lease was released.
public final class LeaseReleasedException extends PoolException {

    private static final long serialVersionUID = 1L;

    /// Creates the exception.
    ///
    /// @param pool the name of the pool
    public LeaseReleasedException(String pool) {
        super(
                MemoryErrorCode.POOL_LEASE_RELEASED,
                pool,
                "the lease from pool '" + pool + "' was used after its release",
                null);
    }
}
