package io.patinox.memory.pool;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/// What closing a pool came to.
///
/// @param pool the name of the pool
/// @param elapsed how long the close took
/// @param waitersFailed how many waiting borrowers got a "closed" error
/// @param abandoned the leases that were still held when the time was over, one line each; their
///   objects are destroyed when the leases are closed
/// @param interrupted whether the closing thread was interrupted, which ends the waiting at once
public record PoolCloseReport(
        String pool,
        Duration elapsed,
        int waitersFailed,
        List<String> abandoned,
        boolean interrupted) {

    /// Checks and copies.
    public PoolCloseReport {
        Objects.requireNonNull(pool, "pool");
        Objects.requireNonNull(elapsed, "elapsed");
        abandoned = List.copyOf(abandoned);
    }

    /// {@return whether every object came back and nothing was abandoned}
    public boolean complete() {
        return abandoned.isEmpty();
    }
}
