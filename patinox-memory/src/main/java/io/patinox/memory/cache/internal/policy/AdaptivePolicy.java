package io.patinox.memory.cache.internal.policy;

import io.patinox.memory.cache.EvictionOrder;
import io.patinox.memory.cache.EvictionPolicy;
import io.patinox.memory.error.Options;

/// The policy that adapts to what it sees: it runs one of several [regimes][Regime], and small
/// simulations of all of them on a sample of the keys tell which.
///
/// A hit costs a counter; one of a sampled key also a lock and some hundred nanoseconds. About a
/// hundred entries of a shard are sampled, whatever its size. A shard needs 4 bytes for each of
/// twice as many evicted keys as it has entries, and 25 KB for the simulations; next to nothing of
/// both before it is full.
///
/// *Threads.* Thread-safe.
public final class AdaptivePolicy implements EvictionPolicy {

    /// Creates the policy.
    public AdaptivePolicy() {}

    @Override
    public String name() {
        return "adaptive";
    }

    @Override
    public EvictionOrder newOrder(long capacity) {
        return new AdaptiveOrder(Options.inRange("capacity", capacity, 1, Long.MAX_VALUE));
    }

    @Override
    public String toString() {
        return name();
    }
}
