package io.patinox.memory.cache.internal;

import java.util.Set;

/// What users' functions said of a value before it is put in, under no lock.
///
/// @param weight what it weighs
/// @param bytes what it takes
/// @param cost what it costs to have it again
/// @param lifetimeNanos how long it may live from now on, or [#NEVER], or [#AS_IT_IS]
/// @param pinned whether it is not evicted for its size
/// @param tags its tags
/// @param refreshNanos when it is to be made anew, from now on, or [#NEVER]
record Facts(
        long weight,
        long bytes,
        long cost,
        long lifetimeNanos,
        boolean pinned,
        Set<String> tags,
        long refreshNanos) {

    static final long NEVER = Long.MAX_VALUE;
    static final long AS_IT_IS = Long.MIN_VALUE;

    /// {@return the policy's weight: one number, whatever is bounded}
    long charge(boolean byWeight, boolean byBytes) {
        return byWeight ? weight : byBytes ? Math.max(1, bytes) : 1;
    }
}
