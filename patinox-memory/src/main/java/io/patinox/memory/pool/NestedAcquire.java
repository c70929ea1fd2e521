package io.patinox.memory.pool;

/// What becomes of a thread that waits for an object while it holds another one of the same pool.
///
/// With as many such threads as there are objects, each waits for the others, and all time out. A
/// thread counts as holder of the leases that it acquired itself and that are still open, whoever
/// uses them. Asynchronous acquires are never nested, since no thread waits for them.
public enum NestedAcquire {
    /// Nothing: it waits, and nobody is told.
    ALLOW,
    /// It waits. After a wait of a tenth of a second or more, however it ended, the monitor gets a
    /// `NESTED_ACQUIRE` event with the stack of the waiting and the (sampled) place of the lease
    /// that the thread held meanwhile; at most one event a second.
    REPORT,
    /// It fails at once with `POOL-NESTED-ACQUIRE`, if no object is idle and none can be created.
    /// This costs each borrower that has to wait a look at every slot.
    REFUSE
}
