package io.patinox.memory.pool;

/// What a pool must know of the objects it pools: how to create, validate, recycle and destroy one.
///
/// **Threads.** The methods are called by several threads, for one object never by two at a time.
/// `create` and `validate` run on virtual threads of the pool, away from the borrower, and are
/// interrupted when their time is over. `recycle` runs on the thread that releases the lease. A
/// `validate` that doesn't end in time, in spite of the interrupt, is the one exception: its object
/// is destroyed while it still runs. `destroy` runs in the cleanup engine of the pool's registry.
/// No method is called while the pool holds a lock.
///
/// **Failures.** Each method may throw whatever it likes. A failed `create` is reported, and tried
/// again after a jittered pause for as long as somebody waits; a failed `validate` or `recycle`
/// retires the object; a failed `destroy` is counted and reported by the registry. An [Error]
/// thrown by `recycle` also reaches the caller; none ends the pool.
///
/// @param <C> the type of the pooled objects
public interface ConnectionManager<C> {

    /// Creates an object.
    ///
    /// @return the new object, never null
    /// @throws Exception when no object can be made now
    C create() throws Exception;

    /// Tells whether an object is still good. Called before an object is lent that has been idle
    /// for longer than [PoolBuilder#validationBypass(java.time.Duration)], now and then while it is
    /// idle ([PoolBuilder#keepaliveInterval(java.time.Duration)]), and if asked for when it comes
    /// back ([PoolBuilder#validateOnReturn(boolean)]).
    ///
    /// @param connection the object
    /// @return true when it can be lent; false retires it
    /// @throws Exception counts as false, and is reported
    default boolean validate(C connection) throws Exception {
        return true;
    }

    /// Brings an object back into the state in which the next borrower expects it. Called at each
    /// release, on the releasing thread.
    ///
    /// @param connection the object
    /// @throws Exception retires the object, and is reported
    default void recycle(C connection) throws Exception {}

    /// Destroys an object. Called exactly once for each object that `create` returned.
    ///
    /// @param connection the object
    /// @throws Exception is counted and reported; the object is given up either way
    void destroy(C connection) throws Exception;
}
