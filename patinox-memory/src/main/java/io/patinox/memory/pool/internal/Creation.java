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

    Creation(ObjectPool<C> pool, int slot, long deadlineNanos) {
        super(deadlineNanos);
        this.pool = pool;
        this.slot = slot;
    }

    int slot() {
        return slot;
    }

    @Override
    public void run() {
        long begun = pool.clock().nanos();
        AsyncResourceGuard<C> guard;
        C object;
        try {
            guard = pool.custody().create(slot);
            object = guard.get();
        } catch (Throwable failure) {
            // Whatever the manager throws, Errors too, is a failed attempt: it reaches the waiters
            // as a cause and the monitor as an event.
            if (finish()) {
                pool.population().failed(slot, causeOf(failure));
            }
            return;
        }
        pool.meters().created(pool.clock().nanos() - begun);
        if (finish()) {
            pool.population().created(slot, guard, object);
        } else {
            pool.meters().createdTooLate.increment();
            pool.custody().destroy(guard);
        }
    }

    @Override
    void overdue(boolean closing) {
        Duration limit = pool.settings().times().create();
        pool.population()
                .failed(
                        slot,
                        closing
                                ? new PoolClosedException(pool.name())
                                : new PoolCreateTimeoutException(pool.name(), limit));
    }

    @Override
    void notStarted(Throwable failure) {
        pool.population().failed(slot, failure);
    }

    private static Throwable causeOf(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof ResourceAcquireException && cause != null ? cause : failure;
    }
}
