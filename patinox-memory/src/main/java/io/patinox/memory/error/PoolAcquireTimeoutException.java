package io.patinox.memory.error;

import io.patinox.memory.internal.Describe;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// No pooled connection came free within the acquire timeout.
///
/// Nothing was started, so the call may be tried again whether or not it is idempotent. If creating
/// connections has been failing meanwhile, the last such failure is the cause.
public final class PoolAcquireTimeoutException extends PoolException {

    private static final long serialVersionUID = 1L;

    /// How long the caller waited.
    private final Duration timeout;

    /// How many connections were in use at the end.
    private final int inUse;

    /// How many connections the pool may have.
    private final int maxSize;

    /// How many callers were waiting at the end.
    private final int waiting;

    /// Creates the exception for a pool that is not suspended.
    ///
    /// @param pool the name of the pool
    /// @param timeout how long the caller waited
    /// @param inUse how many connections were in use at the end
    /// @param maxSize how many connections the pool may have
    /// @param waiting how many callers were waiting at the end, this one included
    /// @param lastCreateFailure what the manager threw at the last attempt to create, or null
    public PoolAcquireTimeoutException(
            String pool,
            Duration timeout,
            int inUse,
            int maxSize,
            int waiting,
            @Nullable Throwable lastCreateFailure) {
        this(pool, timeout, inUse, maxSize, waiting, false, lastCreateFailure);
    }

    /// Creates the exception.
    ///
    /// @param pool the name of the pool
    /// @param timeout how long the caller waited
    /// @param inUse how many connections were in use at the end
    /// @param maxSize how many connections the pool may have
    /// @param waiting how many callers were waiting at the end, this one included
    /// @param suspended whether the pool was suspended at the end
    /// @param lastCreateFailure what the manager threw at the last attempt to create, or null
    public PoolAcquireTimeoutException(
            String pool,
            Duration timeout,
            int inUse,
            int maxSize,
            int waiting,
            boolean suspended,
            @Nullable Throwable lastCreateFailure) {
        super(
                MemoryErrorCode.POOL_ACQUIRE_TIMEOUT,
                pool,
                what(pool, timeout, inUse, maxSize, waiting, lastCreateFailure)
                        + (suspended ? ", and the pool is suspended" : ""),
                lastCreateFailure);
        this.timeout = timeout;
        this.inUse = inUse;
        this.maxSize = maxSize;
        this.waiting = waiting;
    }

    /// Returns how long the caller waited.
    ///
    /// @return the duration
    public Duration timeout() {
        return timeout;
    }

    /// Returns how many connections were in use at the end.
    ///
    /// @return the number
    public int inUse() {
        return inUse;
    }

    /// Returns how many connections the pool may have.
    ///
    /// @return the number
    public int maxSize() {
        return maxSize;
    }

    /// Returns how many callers were waiting at the end.
    ///
    /// @return the number
    public int waiting() {
        return waiting;
    }

    private static String what(
            String pool,
            Duration timeout,
            int inUse,
            int maxSize,
            int waiting,
            @Nullable Throwable failure) {
        String what =
                "no connection of pool '%s' came free within %s (in use %d of %d, waiting %d)"
                        .formatted(pool, Describe.duration(timeout), inUse, maxSize, waiting);
        return failure == null
                ? what
                : what
                        + ", and the last attempt to create one failed with "
                        + Describe.type(failure);
    }
}
