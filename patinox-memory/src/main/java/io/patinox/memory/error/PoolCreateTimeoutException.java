package io.patinox.memory.error;

import io.patinox.memory.internal.Describe;
import java.time.Duration;

/// The manager of a pool did not create a connection within the create timeout.
public final class PoolCreateTimeoutException extends PoolException {

    private static final long serialVersionUID = 1L;

    /// How long creating was allowed to take.
    private final Duration createTimeout;

    /// Creates the exception.
    ///
    /// @param pool the name of the pool
    /// @param createTimeout how long creating was allowed to take
    public PoolCreateTimeoutException(String pool, Duration createTimeout) {
        super(
                MemoryErrorCode.POOL_CREATE_TIMEOUT,
                pool,
                "pool '"
                        + pool
                        + "' could not create a connection within "
                        + Describe.duration(createTimeout),
                null);
        this.createTimeout = createTimeout;
    }

    /// Returns how long creating was allowed to take.
    ///
    /// @return the duration
    public Duration createTimeout() {
        return createTimeout;
    }
}
