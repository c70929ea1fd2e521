package io.patinox.memory.pool;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What is known of a lease and its object: see [PooledConnection#info()].
///
/// Times are read from a clock that lags by up to 100 milliseconds, so that keeping them costs a
/// borrower nothing.
///
/// @param pool the name of the pool
/// @param age how long ago the object was created
/// @param uses how often the object has been lent, this time included
/// @param idleBefore how long the object had been idle, since its last use or validation
/// @param held how long it has been lent now
/// @param label what the lease was labelled with, or null
public record LeaseInfo(
        String pool,
        Duration age,
        long uses,
        Duration idleBefore,
        Duration held,
        @Nullable String label) {

    /// Checks that everything is there.
    public LeaseInfo {
        Objects.requireNonNull(pool, "pool");
        Objects.requireNonNull(age, "age");
        Objects.requireNonNull(idleBefore, "idleBefore");
        Objects.requireNonNull(held, "held");
    }
}
