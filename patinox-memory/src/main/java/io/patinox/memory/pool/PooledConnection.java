package io.patinox.memory.pool;

/// A lease: the right to use one pooled object until [#close()].
///
/// **Threads.** A lease may be closed by another thread than the one that acquired it. The object
/// itself is as thread-safe as its kind is.
///
/// **Lifecycle.** Closing is idempotent: a second close does nothing, even when the object has long
/// been lent to somebody else. A lease that is dropped without being closed is found some time
/// after the garbage collector has, reported with the (sampled) place of its acquisition, and its
/// object is destroyed so that the pool gets its capacity back. That is a safety net without a time
/// bound; use try-with-resources or [Pool#use].
///
/// **Memory effects.** What a borrower did before `close()` happens-before what the next borrower
/// of the same object does after its acquire returned.
///
/// Not to be implemented outside the library; methods may be added.
///
/// @param <C> the type of the pooled object
public interface PooledConnection<C> extends AutoCloseable {

    /// {@return the leased object; it must not be used after the lease was closed}
    ///
    /// @throws io.patinox.memory.error.LeaseReleasedException when the lease was closed
    C connection();

    /// Marks the object as broken: at release it is destroyed instead of recycled. Has no effect on
    /// a lease that was closed.
    void expire();

    /// {@return what is known of this lease and its object}
    ///
    /// @throws io.patinox.memory.error.LeaseReleasedException when the lease was closed
    LeaseInfo info();

    /// Says what the lease is for, in reports of leaks, of leases that are held for long, and of
    /// those that a closing pool had to abandon. A later label replaces an earlier one.
    ///
    /// {@snippet file="io/patinox/memory/examples/BorrowingExamples.java" region="label"}
    ///
    /// @param label a text that is not blank
    /// @return this lease
    /// @throws io.patinox.memory.error.LeaseReleasedException when the lease was closed
    PooledConnection<C> label(String label);

    /// Takes the object out of the pool for good and ends the lease. The object is not recycled and
    /// not destroyed: it is the caller's from now on. The pool has room for another one.
    ///
    /// @return the object
    /// @throws io.patinox.memory.error.LeaseReleasedException when the lease was closed
    C detach();

    /// {@return whether the lease was closed or its object detached}
    boolean isReleased();

    /// Gives the object back to the pool. Idempotent; never waits for the pool, but runs
    /// [ConnectionManager#recycle] on the calling thread.
    @Override
    void close();
}
