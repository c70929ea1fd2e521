package io.patinox.memory.pool;

import java.time.Duration;

/// Is told of every lease, for a tracing system or an audit: see [PoolBuilder#tracer(PoolTracer)].
///
/// {@snippet file="io/patinox/memory/examples/BorrowingExamples.java" region="tracer"}
///
/// Rare events, such as leaks and failed creations, go to the [io.patinox.memory.monitor.Monitor],
/// and figures come from [Pool#metrics()]; both cost nothing here. A tracer is for what has to be
/// done lease by lease, and it is paid for lease by lease.
///
/// **Threads.** `lent`, `returned` and `failed` run on the thread that acquires or closes, so that
/// whatever belongs to that thread is at hand; of an asynchronous acquire that is the thread that
/// delivers. `created` and `retired` run on threads of their own. No lock is held. What blocks in
/// `lent`, `returned` and `failed` holds up that borrower, in `created` that object, and nobody
/// else.
///
/// **Failures.** Whatever a method throws, an `Error` too, is reported to the monitor as a
/// `CALLBACK_FAILED` event and goes no further: nobody's acquire fails, and no object is lost.
///
/// Every method does nothing unless it is overridden.
///
/// @param <C> the type of the pooled objects
public interface PoolTracer<C> {

    /// An object was lent. Called before the acquire returns.
    ///
    /// @param object the object
    /// @param waited how long the borrower stood in the queue; zero if it didn't
    default void lent(C object, Duration waited) {}

    /// A lease was closed. Called before the object is recycled and goes to anybody else.
    ///
    /// @param object the object
    /// @param held how long it was held, give or take a tenth of a second
    default void returned(C object, Duration held) {}

    /// Somebody who stood in the queue left it without an object.
    ///
    /// @param failure what the acquire throws, or what its future fails with
    /// @param waited how long the borrower stood in the queue
    default void failed(Throwable failure, Duration waited) {}

    /// An object was created. Called before anybody gets it.
    ///
    /// @param object the object
    default void created(C object) {}

    /// An object was taken out of the pool. Called while it is being destroyed, before or after.
    ///
    /// @param object the object
    /// @param reason why
    default void retired(C object, RetireReason reason) {}
}
