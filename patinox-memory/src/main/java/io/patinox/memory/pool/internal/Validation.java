package io.patinox.memory.pool.internal;

import io.patinox.memory.pool.ConnectionManager;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/// One call of the manager's `validate`, on a thread of its own, so that a hanging one holds up
/// neither the deadline nor the interruption of the borrower.
final class Validation<C> extends WatchedTask {
    private final ObjectPool<C> pool;
    private final ConnectionManager<C> manager;
    private final C object;
    private final long limitNanos;

    /// Completes with whether the object may be lent, or with an `Error` of the manager.
    private final CompletableFuture<Boolean> verdict = new CompletableFuture<>();

    Validation(
            ObjectPool<C> pool, ConnectionManager<C> manager, C object, long now, long limitNanos) {
        super(now + limitNanos);
        this.pool = pool;
        this.manager = manager;
        this.object = object;
        this.limitNanos = limitNanos;
    }

    CompletableFuture<Boolean> verdict() {
        return verdict;
    }

    @Override
    public void run() {
        long begun = pool.clock().nanos();
        boolean good = false;
        Throwable failure = null;
        try {
            good = manager.validate(object);
        } catch (Throwable thrown) {
            failure = thrown;
        }
        pool.meters().validation.record(pool.clock().nanos() - begun);
        if (!finish()) {
            return;
        }
        try {
            if (failure != null) {
                pool.meters().validationThrew.increment();
                pool.reportCallback("validate", failure);
            }
            if (failure == null && !good) {
                pool.meters().validationRefused.increment();
            }
        } finally {
            if (failure instanceof Error) {
                verdict.completeExceptionally(failure);
            } else {
                verdict.complete(good);
            }
        }
    }

    @Override
    void overdue(boolean closing) {
        try {
            if (!closing) {
                pool.meters().validationTimedOut.increment();
                Duration limit = Duration.ofNanos(limitNanos);
                pool.reportCallback("validate", new TimeoutException("no verdict within " + limit));
            }
        } finally {
            verdict.complete(false);
        }
    }

    @Override
    void notStarted(Throwable failure) {
        pool.reportCallback("validate", failure);
        verdict.complete(false);
    }
}
