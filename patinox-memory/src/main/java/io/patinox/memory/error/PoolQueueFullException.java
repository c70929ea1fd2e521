package io.patinox.memory.error;

/// As many callers wait for a connection of the pool as may wait, so this one was turned away.
///
/// Nothing was started, so the call may be tried again whether or not it is idempotent.
public final class PoolQueueFullException extends PoolException {

    private static final long serialVersionUID = 1L;

    /// How many callers were waiting.
    private final int waiting;

    /// How many may wait for what others hold.
    private final int maxWaiting;

    /// Creates the exception.
    ///
    /// @param pool the name of the pool
    /// @param waiting how many callers were waiting
    /// @param maxWaiting how many may wait for what others hold
    public PoolQueueFullException(String pool, int waiting, int maxWaiting) {
        super(
                MemoryErrorCode.POOL_QUEUE_FULL,
                pool,
                "the queue of pool '%s' is full: %d wait, maxWaiting is %d"
                        .formatted(pool, waiting, maxWaiting),
                null);
        this.waiting = waiting;
        this.maxWaiting = maxWaiting;
    }

    /// Returns how many callers were waiting.
    ///
    /// @return the number
    public int waiting() {
        return waiting;
    }

    /// Returns how many may wait for what others hold.
    ///
    /// @return the limit
    public int maxWaiting() {
        return maxWaiting;
    }
}
