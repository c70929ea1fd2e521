package io.patinox.memory.pool.internal;

import io.patinox.memory.pool.LeaseBatch;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/// A batch that is delivered to a future, on a virtual thread of its own.
final class AsyncBatch<C> extends Batch<C> {
    /*
     * Whoever moves `taken` first decides: the delivery, or the leaving when the future was
     * cancelled. A delivery that then finds the future cancelled closes what it brought.
     */
    private final CompletableFuture<LeaseBatch<C>> future = new CompletableFuture<>();
    private final AtomicBoolean taken = new AtomicBoolean();

    AsyncBatch(ObjectPool<C> pool, int count, long nanos) {
        super(pool, count, nanos);
    }

    CompletableFuture<LeaseBatch<C>> begin() {
        try {
            enter();
        } catch (RuntimeException notAdmitted) {
            pool.borrowing().traceFailure(notAdmitted, begun);
            future.completeExceptionally(notAdmitted);
            return future;
        }
        var _ = future.whenComplete((_, _) -> leave());
        return future;
    }

    private void leave() {
        if (taken.compareAndSet(false, true)) {
            pool.meters().cancelled.increment();
            giveUp();
        }
    }

    @Override
    void signal() {
        if (taken.compareAndSet(false, true)) {
            pool.borrowing().startDelivery(this::settle);
        }
    }

    private void settle() {
        long waited = pool.borrowing().waited(begun);
        Throwable failure = failure();
        if (failure != null) {
            giveUp();
            pool.borrowing().traceFailure(failure, begun);
            future.completeExceptionally(failure);
            return;
        }
        LeaseBatch<C> batch;
        try {
            batch = lend(waited);
        } catch (Error noMemory) {
            future.completeExceptionally(noMemory);
            throw noMemory;
        }
        if (!future.complete(batch)) {
            batch.close();
        }
    }
}
