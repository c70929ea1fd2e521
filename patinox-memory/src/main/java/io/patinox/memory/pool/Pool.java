package io.patinox.memory.pool;

import io.patinox.memory.monitor.MetricsSource;
import io.patinox.memory.resource.CheckedFunction;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// A pool of reusable objects, strictly fair to those who wait.
///
/// {@snippet file="io/patinox/memory/examples/PoolExamples.java" region="borrow"}
///
/// **Order.** First in, first out: nobody whose acquire began after you were queued is served
/// before you. Blocking and asynchronous borrowers stand in one queue. An object that must be
/// validated first, which is never so within the bypass window, is granted when it has proved fit:
/// a slow validation delays nobody who could have another object. `pool.overtakings` is 0, unless
/// [PoolBuilder#maxOvertaking(int)] allows more.
///
/// **Threads.** Every method may be called by any thread, platform or virtual. Waiting parks; no
/// thread spins. Each pool has one daemon thread, `patinox-pool-<name>`, from its first use until
/// it is closed.
///
/// **Lifecycle.** Objects are created on demand, on virtual threads, at most
/// [PoolBuilder#createConcurrency(int)] at a time. [#close()] fails everybody who waits, waits for
/// what is in use, and destroys every object.
///
/// **Failures** are typed: `POOL-ACQUIRE-TIMEOUT`, `POOL-CLOSED`, `POOL-INTERRUPTED`,
/// `POOL-QUEUE-FULL`, `POOL-NESTED-ACQUIRE`. A timeout carries the last failed creation as its
/// cause, so that it says why there was no object.
///
/// **Memory effects.** Actions of a borrower before it releases an object happen-before the actions
/// of the next borrower of that object after its acquire.
///
/// Not to be implemented outside the library; methods may be added.
///
/// @param <C> the type of the pooled objects
public interface Pool<C> extends MetricsSource, AutoCloseable {

    /// Begins to build a pool.
    ///
    /// @param manager creates, validates, recycles and destroys the objects
    /// @param <C> the type of the pooled objects
    /// @return a builder with every option at its default
    static <C> PoolBuilder<C> builder(ConnectionManager<C> manager) {
        return new PoolBuilder<>(manager);
    }

    /// Acquires an object, waiting for at most [PoolBuilder#acquireTimeout(Duration)].
    ///
    /// @return the lease
    /// @throws io.patinox.memory.error.PoolAcquireTimeoutException when the time was over
    /// @throws io.patinox.memory.error.PoolClosedException when the pool is or gets closed
    /// @throws io.patinox.memory.error.PoolInterruptedException when the thread is interrupted
    ///   while it waits; the interrupt flag stays set. A thread that is interrupted just as it is
    ///   served gets its lease, with the flag set
    /// @throws io.patinox.memory.error.PoolQueueFullException when as many wait as
    ///   [PoolBuilder#maxWaiting(int)] allows
    /// @throws io.patinox.memory.error.PoolNestedAcquireException when the thread holds an object
    ///   of the pool, would have to wait, and [PoolBuilder#nestedAcquire(NestedAcquire)] refuses
    PooledConnection<C> acquire();

    /// Acquires an object, waiting for at most the given time.
    ///
    /// @param timeout how long to wait, from zero (which fails at once unless an object is idle;
    ///   one that must be validated first is given its validation timeout) to 365 days
    /// @return the lease
    /// @throws io.patinox.memory.error.PoolAcquireTimeoutException when the time was over
    /// @throws io.patinox.memory.error.PoolClosedException when the pool is or gets closed
    /// @throws io.patinox.memory.error.PoolInterruptedException as for [#acquire()]
    PooledConnection<C> acquire(Duration timeout);

    /// Acquires an object as [#acquire()] does, whether or not the thread is or gets interrupted.
    /// The interrupt flag is kept, and the place in the queue too.
    ///
    /// @return the lease
    /// @throws io.patinox.memory.error.PoolAcquireTimeoutException when the time was over
    /// @throws io.patinox.memory.error.PoolClosedException when the pool is or gets closed
    /// @throws io.patinox.memory.error.PoolQueueFullException as for [#acquire()]
    PooledConnection<C> acquireUninterruptibly();

    /// Acquires an object if one is idle and nobody waits. Never queues. An object that must be
    /// validated first is validated, which takes at most the validation timeout. When there is
    /// nothing to lend but room to grow, an object is created in the background for a later call.
    ///
    /// @return the lease, or empty
    /// @throws io.patinox.memory.error.PoolClosedException when the pool is closed
    /// @throws io.patinox.memory.error.PoolInterruptedException when the thread is interrupted
    ///   while an object is validated
    Optional<PooledConnection<C>> tryAcquire();

    /// Acquires an object without blocking, waiting for at most
    /// [PoolBuilder#acquireTimeout(Duration)].
    ///
    /// @return a future of the lease; it fails as [#acquire()] does. Cancelling it leaves the
    ///   queue, and a lease that arrives at that very moment goes back to the pool. Whoever gets
    ///   the lease from the future must close it. Callbacks run on virtual threads
    CompletableFuture<PooledConnection<C>> acquireAsync();

    /// Acquires an object without blocking, waiting for at most the given time.
    ///
    /// @param timeout how long to wait, from zero to 365 days
    /// @return a future of the lease, as for [#acquireAsync()]
    CompletableFuture<PooledConnection<C>> acquireAsync(Duration timeout);

    /// Acquires several objects, all or none, waiting for at most
    /// [PoolBuilder#acquireTimeout(Duration)].
    ///
    /// {@snippet file="io/patinox/memory/examples/BorrowingExamples.java" region="batch"}
    ///
    /// The batch takes its place in the queue as so many borrowers in a row. Batches never wait for
    /// each other's parts: whichever was queued first gets all of its objects first. Objects that
    /// have been granted to a batch are kept for it while it waits for the rest; when it ends
    /// without the rest, they go to the next in line.
    ///
    /// @param count how many, from 1 to [#maxSize()]
    /// @return the leases
    /// @throws io.patinox.memory.error.InvalidOptionException when the pool may not have so many
    ///   objects, or becomes too small for it meanwhile
    /// @throws io.patinox.memory.error.PoolAcquireTimeoutException when the time was over
    /// @throws io.patinox.memory.error.PoolClosedException when the pool is or gets closed
    /// @throws io.patinox.memory.error.PoolInterruptedException when the thread is interrupted
    ///   while it waits; the interrupt flag stays set, and nothing is held
    /// @throws io.patinox.memory.error.PoolQueueFullException when so many more may not wait
    LeaseBatch<C> acquireAll(int count);

    /// Acquires several objects, all or none, waiting for at most the given time.
    ///
    /// @param count how many, from 1 to [#maxSize()]
    /// @param timeout how long to wait, from zero (which fails at once unless that many are idle;
    ///   each that must be validated first is given its validation timeout) to 365 days
    /// @return the leases, as for [#acquireAll(int)]
    LeaseBatch<C> acquireAll(int count, Duration timeout);

    /// Acquires several objects, all or none, without blocking, waiting for at most
    /// [PoolBuilder#acquireTimeout(Duration)].
    ///
    /// @param count how many, from 1 to [#maxSize()]
    /// @return a future of the leases; it fails as [#acquireAll(int)] does. Cancelling it leaves
    ///   the queue, and what arrives at that very moment goes back to the pool
    /// @throws io.patinox.memory.error.InvalidOptionException when the pool may not have so many
    CompletableFuture<LeaseBatch<C>> acquireAllAsync(int count);

    /// Acquires several objects, all or none, without blocking, waiting for at most the given time.
    ///
    /// @param count how many, from 1 to [#maxSize()]
    /// @param timeout how long to wait, from zero to 365 days
    /// @return a future of the leases, as for [#acquireAllAsync(int)]
    CompletableFuture<LeaseBatch<C>> acquireAllAsync(int count, Duration timeout);

    /// Acquires an object, applies the function, and releases the object whatever happens.
    ///
    /// @param function what to do with the object
    /// @param <R> the type of the result
    /// @param <X> what the function may throw
    /// @return the function's result
    /// @throws X what the function throws
    <R extends @org.jspecify.annotations.Nullable Object, X extends Exception> R use(
            CheckedFunction<? super C, ? extends R, X> function) throws X;

    /// Gives the pool an object that was made elsewhere. If it takes it, the object is the pool's:
    /// lent, validated, recycled and at the end destroyed by its manager, as any other.
    ///
    /// @param object the object, which must not be in the pool already
    /// @return whether the pool took it; false when it has as many objects as it may have, or is
    ///   closed: the caller keeps it
    boolean donate(C object);

    /// Stops lending, until [#resume()]. Borrowers queue in order, and time out as usual;
    /// [#tryAcquire()] finds nothing. Objects that come back stay idle. Upkeep goes on: objects are
    /// retired when their time is over, and the minimum is kept, but none are created for those who
    /// wait. An acquire that began before may still be served.
    ///
    /// Idempotent: suspending twice is suspending once. Does nothing to a pool that is closed.
    /// Leases are not touched. Health is DEGRADED meanwhile.
    void suspend();

    /// Lends again, first to those who wait, in their order. Does nothing to a pool that is not
    /// suspended.
    void resume();

    /// {@return whether the pool is suspended}
    boolean isSuspended();

    /// Creates objects in the background until there are so many, idle and in use, at most
    /// [PoolBuilder#createConcurrency(int)] at a time. Objects that stay idle are retired as usual.
    ///
    /// {@snippet file="io/patinox/memory/examples/PoolExamples.java" region="warm-up"}
    ///
    /// @param count from 0 to `maxSize`
    /// @return ends when so many objects exist. It fails with
    ///   [io.patinox.memory.error.PoolCreateException] at the first attempt that fails, and with
    ///   [io.patinox.memory.error.PoolClosedException] when the pool is or gets closed. Cancelling
    ///   it takes the wish back. Callbacks run on virtual threads
    CompletableFuture<@org.jspecify.annotations.Nullable Void> warmUp(int count);

    /// {@return how many objects are lent, being validated or being recycled}
    int inUse();

    /// {@return how many objects are idle}
    int idle();

    /// {@return how many borrowers are queued}
    int waiting();

    /// {@return how many creations are under way}
    int creating();

    /// {@return how many objects the pool has, idle and in use}
    int size();

    /// {@return how many objects the pool may have}
    int maxSize();

    /// {@return what the pool goes by now}
    PoolTuning tuning();

    /// Changes what can be changed while the pool runs. Calls of several threads follow each other,
    /// and the latest wins. No borrower notices: nobody loses its object or its place in the queue.
    ///
    /// {@snippet file="io/patinox/memory/examples/PoolTuningExamples.java" region="reconfigure"}
    ///
    /// A pool that is made larger serves those who wait by new objects at once. One that is made
    /// smaller retires the surplus at once as far as it is idle, the longest idle first, and the
    /// rest as it comes back; no more than that. Until then [#size()] is above [#maxSize()]. A
    /// timeout holds for what begins later, a lifetime for the objects that are there too, and a
    /// use limit from their next lease on. Objects that are too old by a new `maxLifetime` don't
    /// all go at once, but within its jitter. A closed pool takes note and does nothing.
    ///
    /// @param tuning what the pool is to go by
    void reconfigure(PoolTuning tuning);

    /// Changes how many objects there may be: [#reconfigure(PoolTuning)] with another `maxSize`.
    ///
    /// @param maxSize from 1, and at least `minSize`, to 100,000
    /// @throws io.patinox.memory.error.InvalidOptionException when it is out of range
    void resize(int maxSize);

    /// Changes how many objects are kept and how many there may be.
    ///
    /// @param minSize from 0 to `maxSize`
    /// @param maxSize from 1 to 100,000
    /// @throws io.patinox.memory.error.InvalidOptionException when one is out of range
    void resize(int minSize, int maxSize);

    /// Retires every object that is there now, because it may be stale: credentials were rotated,
    /// the back end has moved. What is idle is retired at once, what is in use when it comes back,
    /// and what is being created when it comes. New objects are created as they are needed, at most
    /// [PoolBuilder#createConcurrency(int)] at a time. No acquire that begins after this has
    /// returned gets an object from before.
    ///
    /// @return how many objects it concerns
    PoolEviction softEvictAll();

    /// Goes over to another manager: it creates all objects from now on. Those that are there are
    /// retired as by [#softEvictAll()], and are validated, recycled and destroyed by the manager
    /// that made them.
    ///
    /// @param manager the manager to go over to
    /// @return ends when the last object of the managers before is destroyed, or its cleanup was
    ///   given up; it never fails. An attempt to create that was given up is not waited for.
    ///   Cancelling it has no effect on the pool. Callbacks run on a virtual thread
    /// @throws io.patinox.memory.error.PoolClosedException when the pool is closed
    CompletableFuture<Void> switchManager(ConnectionManager<C> manager);

    /// Says from the pool's metrics of the last minutes, at most five, whether its size fits the
    /// load, and if not, by how much. [#health()] is degraded while a pool is too small and its
    /// queue grows.
    ///
    /// @return the advice, which costs as much as [#metrics()] and changes nothing
    PoolAdvice advice();

    /// {@return whether the pool is closed or closing}
    boolean isClosed();

    /// Closes the pool as [#close(Duration)] does, with [PoolBuilder#closeTimeout(Duration)].
    @Override
    void close();

    /// Closes the pool: everybody who waits gets a "closed" error at once, new acquires are
    /// refused, what is in use is waited for, and every object is destroyed. What is still in use
    /// when the time is over is named in the report and destroyed when its lease is closed.
    /// Idempotent: a later call waits for the first, within its own time, and returns its report.
    ///
    /// @param timeout how long to wait for leases and for cleanups, from zero to 365 days
    /// @return what it came to
    PoolCloseReport close(Duration timeout);
}
