package io.patinox.memory.pool;

import java.util.Objects;

/// What [Pool#softEvictAll()] found.
///
/// @param pool the name of the pool
/// @param retired how many idle objects were retired at once
/// @param inUse how many are lent, or looked at, and are retired when they come back
/// @param creating how many were being created, and are retired when they come
public record PoolEviction(String pool, int retired, int inUse, int creating) {

    /// Checks.
    public PoolEviction {
        Objects.requireNonNull(pool, "pool");
    }
}
