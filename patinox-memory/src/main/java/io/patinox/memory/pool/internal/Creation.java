package io.patinox.memory.pool.internal;

import io.patinox.memory.error.PoolClosedException;
import io.patinox.memory.error.PoolCreateTimeoutException;
import io.patinox.memory.error.ResourceAcquireException;
import io.patinox.memory.resource.AsyncResourceGuard;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

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

    int slot() {
        return slot;
    }

    @Override
    public void run() {
        long begun = pool.clock().nanos();
        AsyncResourceGuard<C> guard = null;
        C object = null;
        Throwable failure = null;
        try {
            guard = pool.custody().create(slot, generation.manager);
            object = guard.get();
        } catch (Throwable thrown) {
            // Whatever the manager throws, Errors too, is a failed attempt: it reaches the waiters
            // as a cause and the monitor as an event.
            failure = causeOf(thrown);
        }
        if (finish()) {
            conclude(guard, object, failure, pool.clock().nanos() - begun);
        } else {
            pool.population().strays().leave();
            if (guard != null) {
                pool.meters().created(pool.clock().nanos() - begun);
                pool.meters().createdTooLate.increment();
                // It has left its generation when its time was over.
                pool.custody().destroy(guard, null);
            }
        }
    }

    private void conclude(
            @Nullable AsyncResourceGuard<C> guard,
            @Nullable C object,
            @Nullable Throwable failure,
            long tookNanos) {
        if (guard != null && object != null) {
            pool.meters().created(tookNanos);
            pool.population().created(slot, guard, object, generation);
        } else {
            fail(failure == null ? new IllegalStateException("gone") : failure);
        }
    }

    @Override
    void overdue(boolean closing) {
        boolean tooMany = pool.population().strays().add();
        Duration limit = Duration.ofNanos(limitNanos);
        try {
            if (!closing) {
                pool.meters().createTimedOut.increment();
                if (tooMany) {
                    reportStrays(limit);
                }
            }
        } finally {
            fail(
                    closing
                            ? new PoolClosedException(pool.name())
                            : new PoolCreateTimeoutException(pool.name(), limit));
        }
    }

    private void reportStrays(Duration limit) {
        String what =
                pool.population().strays().count()
                        + " attempts to create that were given up after "
                        + limit
                        + " still run; from now on there is one at a time, at growing intervals";
        pool.reportCallback("create", new TimeoutException(what));
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
