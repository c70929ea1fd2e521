package io.patinox.memory.cache;

/// What a [MemoryBudget] shares memory out to: mostly a cache that is bounded by bytes.
///
/// *Threads.* The budget calls its members one at a time, from its own thread or from one that
/// registers a member or asks for a rebalance. A member may leave the budget meanwhile, from any
/// thread. What it throws is counted and reported, and the others are served all the same.
public interface BudgetMember {

    /// Returns the name that reports call it by.
    ///
    /// @return the name
    String name();

    /// Returns what it would find at other sizes.
    ///
    /// @return the curve; one without samples if nothing is known
    MissRatioCurve curve();

    /// Returns how many reads there were since it was made, hits and misses.
    ///
    /// @return from 0
    long reads();

    /// Returns how many entries it holds.
    ///
    /// @return from 0
    long entries();

    /// Returns how many bytes they take.
    ///
    /// @return from 0
    long usedBytes();

    /// Sets how many bytes it may take from now on. What is too much must go before this returns.
    ///
    /// @param maxBytes from 1
    void maxBytes(long maxBytes);
}
