package io.patinox.memory.pool.internal;

import io.patinox.memory.error.PoolClosedException;
import io.patinox.memory.error.PoolCreateTimeoutException;
import io.patinox.memory.error.ResourceAcquireException;
import io.patinox.memory.resource.AsyncResourceGuard;
import java.time.Duration;

/// One attempt to create an object, on a thread of its own.
final class Creation<C> extends WatchedTask {
    private final ObjectPool<C> pool;
    private final int slot;
    private final long limitNanos;

    /// What the object will belong to: who evicts later means it too.
    private final Generation<C> generation;

    Creation(ObjectPool<C> pool, int slot, long now, long limitNanos) {
        super(now + limitNanos);
        this.pool = pool;
        this.slot = slot;
        this.limitNanos = limitNanos;
        generation = pool.generations().enter();
    }

    @Override
    public void run() {
        long begun = pool.clock().nanos();
        AsyncResourceGuard<C> guard;
        C object;
        try {
            guard = pool.custody().create(slot, generation.manager);
            object = guard.get();
        } catch (Throwable failure) {
            // Whatever the manager throws, Errors too, is a failed attempt: it reaches the waiters
            // as a cause and the monitor as an event.
            if (finish()) {
                fail(causeOf(failure));
            }
            return;
        }
        pool.meters().created(pool.clock().nanos() - begun);
        if (finish()) {
            pool.population().created(slot, guard, object, generation);
        } else {
            pool.meters().createdTooLate.increment();
            // It has left its generation when its time was over.
            pool.custody().destroy(guard, null);
        }
    }

    @Override
    void overdue(boolean closing) {
        fail(
                closing
                        ? new PoolClosedException(pool.name())
                        : new PoolCreateTimeoutException(
                                pool.name(), Duration.ofNanos(limitNanos)));
    }

    @Override
    void notStarted(Throwable failure) {
        fail(failure);
    }

    private void fail(Throwable failure) {
        try {
            pool.population().failed(slot, failure);
        } finally {
            generation.leave();
        }
    }

    private static Throwable causeOf(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof ResourceAcquireException && cause != null ? cause : failure;
    }
}
