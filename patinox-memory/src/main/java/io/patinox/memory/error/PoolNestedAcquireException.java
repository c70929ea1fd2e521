package io.patinox.memory.error;

import org.jspecify.annotations.Nullable;

/// A thread that holds a connection of a pool would have had to wait for another one of it.
///
/// Threads that do so wait for each other as soon as there are enough of them. Nothing was started.
/// The cause, if there is one, was made where the thread acquired what it holds: only its stack
/// trace matters. It is there only if that place was sampled.
public final class PoolNestedAcquireException extends PoolException {

    private static final long serialVersionUID = 1L;

    /// How many leases the thread holds.
    private final int held;

    /// Creates the exception.
    ///
    /// @param pool the name of the pool
    /// @param held how many leases of the pool the thread holds
    /// @param maxSize how many connections the pool may have
    /// @param site where one of them was acquired, if that was sampled
    public PoolNestedAcquireException(
            String pool, int held, int maxSize, @Nullable Throwable site) {
        super(
                MemoryErrorCode.POOL_NESTED_ACQUIRE,
                pool,
                "the thread holds %d of the %d connections of pool '%s' and would wait for another"
                        .formatted(held, maxSize, pool),
                site);
        this.held = held;
    }

    /// Returns how many leases of the pool the thread holds.
    ///
    /// @return the number
    public int held() {
        return held;
    }
}
