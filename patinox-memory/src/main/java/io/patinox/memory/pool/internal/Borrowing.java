package io.patinox.memory.pool.internal;

import io.patinox.memory.error.PoolAcquireTimeoutException;
import io.patinox.memory.error.PoolClosedException;
import io.patinox.memory.error.PoolCreateException;
import io.patinox.memory.error.PoolInterruptedException;
import io.patinox.memory.error.PoolQueueFullException;
import io.patinox.memory.error.PoolUnavailableException;
import io.patinox.memory.pool.PooledConnection;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The slow way to an object: in the queue, or by looking at one that is in doubt.
final class Borrowing<C> {
    private final ObjectPool<C> pool;
    private final CoarseClock clock;
    private final int maxWaiting;
    private final NestedBorrowers<C> nested;

    Borrowing(ObjectPool<C> pool) {
        this.pool = pool;
        clock = pool.clock();
        maxWaiting = pool.settings().borrow().maxWaiting();
        pool.engine()
                .limitWaiting(
                        new Admission(maxWaiting, () -> Math.max(0, pool.maxSize() - pool.size())));
        nested = new NestedBorrowers<>(pool, pool.settings().borrow().nestedAcquire());
    }

    /// Acquires when there was nothing fit at hand.
    PooledConnection<C> acquire(long nanos, @Nullable Slot<C> taken) {
        return acquire(nanos, taken, true);
    }

    /// Acquires whether or not the thread is interrupted. The flag is set again at the end.
    PooledConnection<C> acquireUninterruptibly(long nanos, @Nullable Slot<C> taken) {
        boolean interrupted = Thread.interrupted();
        try {
            return acquire(nanos, taken, false);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private PooledConnection<C> acquire(
            long nanos, @Nullable Slot<C> taken, boolean interruptible) {
        if (taken != null) {
            if (nanos == 0 && isFit(taken)) {
                return pool.lend(taken);
            }
            if (nanos > 0) {
                pool.offer(taken);
            }
        }
        beforeWaiting();
        long begun = clock.nanos();
        Waiter waiter = new Waiter(Thread.currentThread(), begun + nanos);
        long waited;
        try {
            waited = await(waiter, begun, nanos, interruptible);
        } catch (RuntimeException | Error failure) {
            traceFailure(failure, begun);
            throw failure;
        }
        return pool.lend(pool.slot(waiter.slot()), waited);
    }

    /// Tells the tracer, if there is one, that somebody gets no object.
    void traceFailure(Throwable failure, long begun) {
        Tracing<C> tracing = pool.tracing();
        if (tracing != null) {
            tracing.failed(failure, clock.nanos() - begun);
        }
    }

    /// Waits in the queue until a slot is granted.
    ///
    /// @return how long that took
    private long await(Waiter waiter, long begun, long nanos, boolean interruptible) {
        PoolUnavailableException refusal = refusal();
        if (refusal != null) {
            throw refusal;
        }
        pool.keeper().ensureStarted();
        if (!pool.engine().enqueue(waiter, begun)) {
            throw notAdmitted(waiter);
        }
        boolean granted = false;
        try {
            afterQueueing(waiter, nanos);
            parkUntilServed(waiter, interruptible);
            long waited = waited(begun);
            var _ = waiter.isBackLate(begun + waited);
            if (waiter.state() == Waiter.EXPIRED) {
                throw timedOut(nanos);
            }
            if (waiter.state() == Waiter.CLOSED) {
                throw new PoolClosedException(pool.name());
            }
            if (waiter.state() == Waiter.FAILED) {
                throwFailure(waiter);
            }
            granted = true;
            pool.meters().waited.increment();
            return waited;
        } finally {
            if (!granted) {
                giveUp(waiter);
            }
        }
    }

    /// Sees to it that somebody who waits is not forgotten.
    void afterQueueing(Waiter waiter, long nanos) {
        if (waiter.state() == Waiter.WAITING) {
            pool.population().demand(0);
            pool.population().availability().refuseWaiting();
            if (!waiter.keepsTime()) {
                pool.keeper().wakeIn(nanos);
            }
            if (pool.engine().isSettling()) {
                pool.keeper().wakeIn(0);
            }
        }
    }

    private void parkUntilServed(Waiter waiter, boolean interruptible) {
        boolean interrupted = false;
        while (waiter.state() == Waiter.WAITING) {
            if (waiter.wasTold()) {
                pool.engine().look(waiter, clock.nanos());
            } else if (!interruptible && Thread.interrupted()) {
                // With the flag set no park would wait.
                interrupted = true;
            } else if (Thread.currentThread().isInterrupted()) {
                if (pool.engine().cancel(waiter, Waiter.CANCELLED)) {
                    throw interrupted(new InterruptedException());
                }
            } else if (waiter.keepsTime()) {
                long left = waiter.deadlineNanos - clock.nanos();
                if (left <= 0) {
                    pool.engine().cancel(waiter, Waiter.EXPIRED);
                } else {
                    waiter.park(pool, left);
                }
            } else {
                waiter.park(pool, 0);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Refuses a thread to wait beside what it holds, if that is the rule.
    void beforeWaiting() {
        nested.beforeWaiting();
    }

    /// Notes how long somebody stood in the queue, whatever came of it.
    ///
    /// @return that time
    long waited(long begun) {
        long waitedNanos = clock.nanos() - begun;
        pool.meters().wait.record(waitedNanos);
        nested.afterWaiting(waitedNanos);
        return waitedNanos;
    }

    /// Runs what brings an object to a future, on a thread of its own.
    void startDelivery(Runnable delivery) {
        try {
            Thread.ofVirtual().name("patinox-pool-" + pool.name() + "-deliver").start(delivery);
        } catch (Throwable noThread) {
            // Better on this thread than a lease that is never delivered.
            delivery.run();
        }
    }

    /// {@return why a waiter was not even queued}
    RuntimeException notAdmitted(Waiter waiter) {
        if (waiter.state() == Waiter.CLOSED) {
            return new PoolClosedException(pool.name());
        }
        pool.meters().refused.increment();
        // As for one who would not wait: the next may find something.
        pool.population().demand(0);
        return new PoolQueueFullException(pool.name(), pool.waiting(), maxWaiting);
    }

    /// Leaves the queue for whatever reason, and passes on a slot that was granted meanwhile.
    private void giveUp(Waiter waiter) {
        if (!pool.engine().cancel(waiter, Waiter.CANCELLED) && waiter.state() == Waiter.GRANTED) {
            pool.offer(pool.slot(waiter.slot()));
        }
    }

    /// Has a doubtful object looked at by somebody who won't wait for another, within the time that
    /// a validation may take.
    boolean isFit(Slot<C> slot) {
        try {
            return pool.attendant().isFit(slot);
        } catch (TimeoutException e) {
            throw timedOut(0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(e);
        }
    }

    /// {@return what whoever would have to queue now gets at once, or null if it may queue}
    @Nullable PoolUnavailableException refusal() {
        PoolUnavailableException refusal = pool.population().availability().refusal();
        if (refusal != null) {
            pool.meters().unavailable.increment();
        }
        return refusal;
    }

    private void throwFailure(Waiter waiter) {
        Throwable failure = failureOf(waiter);
        if (failure instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) failure;
    }

    /// {@return what a waiter gets that was failed: an `Error` of the manager's, or a refusal}
    Throwable failureOf(Waiter waiter) {
        Throwable failure = waiter.failure();
        if (failure instanceof PoolUnavailableException common) {
            return pool.population().availability().refusalOf(common);
        }
        return failure instanceof Error
                ? failure
                : new IllegalStateException("failed without a cause", failure);
    }

    void suspend() {
        if (pool.engine().suspend() && pool.engine().isSettling()) {
            pool.keeper().ensureStarted();
            pool.keeper().wakeIn(0);
        }
    }

    void resume() {
        if (pool.engine().resume(clock.nanos())) {
            pool.advising().forget();
            pool.population().demand(0);
        }
    }

    RuntimeException timedOut(long nanos) {
        pool.meters().timeouts.increment();
        Throwable failure = pool.population().lastFailure();
        PoolCreateException cause =
                failure == null
                        ? null
                        : new PoolCreateException(
                                pool.name(), pool.population().failures(), failure);
        return new PoolAcquireTimeoutException(
                pool.name(),
                Duration.ofNanos(nanos),
                pool.inUse(),
                pool.maxSize(),
                pool.waiting() + 1,
                pool.isSuspended(),
                cause);
    }

    RuntimeException interrupted(InterruptedException cause) {
        pool.meters().cancelled.increment();
        return new PoolInterruptedException(pool.name(), cause);
    }
}
