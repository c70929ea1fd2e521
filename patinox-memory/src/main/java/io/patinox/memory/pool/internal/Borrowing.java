package io.patinox.memory.pool.internal;

import io.patinox.memory.error.PoolAcquireTimeoutException;
import io.patinox.memory.error.PoolClosedException;
import io.patinox.memory.error.PoolCreateException;
import io.patinox.memory.error.PoolInterruptedException;
import io.patinox.memory.error.PoolUnavailableException;
import io.patinox.memory.pool.PooledConnection;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The slow way to an object: in the queue, or by looking at one that is in doubt.
final class Borrowing<C> {
    private final ObjectPool<C> pool;
    private final CoarseClock clock;

    Borrowing(ObjectPool<C> pool) {
        this.pool = pool;
        clock = pool.clock();
    }

    /// Acquires when there was nothing fit at hand.
    PooledConnection<C> acquire(long nanos, @Nullable Slot<C> taken) {
        if (taken != null) {
            if (nanos == 0 && isFit(taken)) {
                return pool.lend(taken);
            }
            if (nanos > 0) {
                pool.offer(taken);
            }
        }
        long begun = clock.nanos();
        Waiter waiter = new Waiter(Thread.currentThread(), begun + nanos);
        await(waiter, begun, nanos);
        return pool.lend(pool.slot(waiter.slot()));
    }

    /// Waits in the queue until a slot is granted.
    private void await(Waiter waiter, long begun, long nanos) {
        PoolUnavailableException refusal = refusal();
        if (refusal != null) {
            throw refusal;
        }
        pool.keeper().ensureStarted();
        if (!pool.engine().enqueue(waiter, begun)) {
            throw new PoolClosedException(pool.name());
        }
        boolean granted = false;
        try {
            afterQueueing(waiter, nanos);
            parkUntilServed(waiter);
            pool.meters().wait.record(clock.nanos() - begun);
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

    private void parkUntilServed(Waiter waiter) {
        while (waiter.state() == Waiter.WAITING) {
            if (waiter.wasTold()) {
                pool.engine().look(waiter, clock.nanos());
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
            pool.meters().refused.increment();
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
                cause);
    }

    private RuntimeException interrupted(InterruptedException cause) {
        pool.meters().cancelled.increment();
        return new PoolInterruptedException(pool.name(), cause);
    }
}
