package io.patinox.memory.error;

import org.jspecify.annotations.Nullable;

/// A failure of a pool or of a lease from it.
public abstract sealed class PoolException extends PatinoxException
        permits PoolAcquireTimeoutException,
                PoolClosedException,
                PoolInterruptedException,
                PoolQueueFullException,
                PoolNestedAcquireException,
                PoolCreateException,
                PoolCreateTimeoutException,
                PoolUnavailableException,
                LeaseReleasedException {

    private static final long serialVersionUID = 1L;

    /// The name of the pool.
    private final String pool;

    PoolException(ErrorCode code, String pool, String message, @Nullable Throwable cause) {
        super(code, message, cause);
        this.pool = pool;
    }

    /// Returns the name of the pool.
    ///
    /// @return the name
    public final String pool() {
        return pool;
    }
}
