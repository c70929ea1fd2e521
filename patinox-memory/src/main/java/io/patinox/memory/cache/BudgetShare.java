package io.patinox.memory.cache;

import io.patinox.memory.error.Options;

/// What one member of a [MemoryBudget] has. Immutable.
///
/// @param member its name
/// @param bytes how many bytes it may take now
/// @param usedBytes how many it takes
/// @param floorBytes how many it may take at least
/// @param ceilingBytes how many it may take at most
public record BudgetShare(
        String member, long bytes, long usedBytes, long floorBytes, long ceilingBytes) {

    /// Checks that everything is there.
    public BudgetShare {
        Options.required("member", member);
    }
}
