package io.patinox.memory.pool.internal;

/// What a keeper keeps: one pool, or all the pools of a keyed one.
interface Kept {

    /// {@return the name of the pool, for the thread}
    String name();

    /// {@return the clock that the keeper refreshes}
    CoarseClock clock();

    /// Ends waits whose time is over, and begins creations that are due.
    ///
    /// @return how long until the next round is due, in nanoseconds
    long tend(long now);

    /// Called when a round was late, before anything is ended for its age.
    ///
    /// @param before when the round before was
    void late(long before, long now);

    /// Looks at every object and every lease.
    void sweep(long now);

    /// Reports what went wrong in a callback.
    void reportCallback(String callback, Throwable failure);
}
