package io.patinox.memory.pool;

import java.util.List;

/// Several leases that were acquired together, and are given back together.
///
/// {@snippet file="io/patinox/memory/examples/BorrowingExamples.java" region="batch"}
///
/// **Threads.** As for one lease: any thread may close it.
///
/// **Lifecycle.** [#close()] closes each lease that is still open. A lease of the batch may also be
/// closed, expired or detached by itself before. A batch that is dropped without being closed is
/// found like any dropped lease: its leases are.
///
/// Not to be implemented outside the library; methods may be added.
///
/// @param <C> the type of the pooled objects
public interface LeaseBatch<C> extends AutoCloseable {

    /// {@return the leases, as many as were asked for; the list can't be changed}
    List<PooledConnection<C>> leases();

    /// {@return the leased objects, in the order of the leases}
    ///
    /// @throws io.patinox.memory.error.LeaseReleasedException when one of the leases was closed
    List<C> connections();

    /// {@return how many leases there are, open and closed}
    default int size() {
        return leases().size();
    }

    /// Closes every lease. Idempotent. When giving one back fails with an `Error` of the manager,
    /// the others are given back all the same, and the first such `Error` is thrown at the end.
    @Override
    void close();
}
