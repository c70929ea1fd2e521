package io.patinox.memory.cache;

/// Decides which entries a full cache gives up. A policy is an immutable description; what it
/// remembers of entries is in the [EvictionOrder]s it makes, one for each shard of a cache.
///
/// *Threads.* A policy is shared by caches and threads, so it must be thread-safe, which an
/// immutable object is.
public interface EvictionPolicy {

    /// Returns the name of the policy, as it stands in reports: `lru`, `s3-fifo`.
    ///
    /// @return 1 to 100 letters, digits and `. _ - :`
    String name();

    /// Makes the order of one shard of a cache.
    ///
    /// @param capacity how much the shard may hold, in the unit of [PolicyNode#weight()]; at least
    ///   1
    /// @return an order that knows no entry yet
    EvictionOrder newOrder(long capacity);

    /// Tells whether [EvictionOrder#hit] is to be called for every hit, under the lock of the
    /// shard. That makes hits as slow as writes, so by default it is not: then hits are only
    /// counted, and the order looks at [PolicyNode#takeHits()] when it needs to know.
    ///
    /// @return whether the order must know of each hit when it happens
    default boolean everyHit() {
        return false;
    }

    /// Returns the policy that adapts to what it sees. It is the default of every cache.
    ///
    /// @return the policy
    static EvictionPolicy adaptive() {
        return new io.patinox.memory.cache.internal.SecondChance();
    }
}
