package io.patinox.memory.pool.internal;

import io.patinox.memory.error.PoolClosedException;
import io.patinox.memory.error.PoolUnavailableException;
import io.patinox.memory.pool.PooledConnection;
import java.util.concurrent.CompletableFuture;

/// One asynchronous acquire: stands in the same queue as the blocking ones.
final class AsyncAcquire<C> {
    /*
     * The future is completed on a virtual thread of its own, never by the thread that releases an
     * object: the callbacks are the user's. Completion and cancellation race on the future: who
     * completes it first wins, and a lease that loses goes back to the pool. Cancelling takes the
     * waiter out of the queue; a waiter that was served at that moment is delivered, and loses.
     * What is delivered is fit: only who won't wait examines what it took, on that thread.
     */
    private final ObjectPool<C> pool;
    private final long nanos;
    private final long deadline;
    private final CompletableFuture<PooledConnection<C>> future = new CompletableFuture<>();
    private final Waiter waiter;

    AsyncAcquire(ObjectPool<C> pool, long nanos) {
        this.pool = pool;
        this.nanos = nanos;
        deadline = pool.clock().nanos() + nanos;
        waiter = new Place();
    }

    CompletableFuture<PooledConnection<C>> begin() {
        int index = pool.engine().tryTake();
        if (index >= 0) {
            Slot<C> slot = pool.slot(index);
            if (!pool.isDoubtful(slot)) {
                future.complete(pool.lend(slot));
                return future;
            }
            if (nanos == 0) {
                pool.borrowing().startDelivery(() -> examine(slot));
                return future;
            }
            pool.offer(slot);
        }
        queue();
        // The dependent is for its effect; the caller gets the future that it may cancel.
        var _ = future.whenComplete((_, _) -> leaveQueue());
        return future;
    }

    private void queue() {
        PoolUnavailableException refusal = pool.borrowing().refusal();
        if (refusal != null) {
            fail(refusal);
            return;
        }
        pool.keeper().ensureStarted();
        if (!pool.engine().enqueue(waiter, pool.clock().nanos())) {
            fail(pool.borrowing().notAdmitted(waiter));
            return;
        }
        pool.borrowing().afterQueueing(waiter, nanos);
        if (future.isDone()) {
            leaveQueue();
        }
    }

    private void leaveQueue() {
        if (pool.engine().cancel(waiter, Waiter.CANCELLED)) {
            pool.meters().cancelled.increment();
        }
    }

    private void settle() {
        long waited = pool.borrowing().waited(deadline - nanos);
        switch (waiter.state()) {
            case Waiter.GRANTED -> {
                pool.meters().waited.increment();
                deliver(pool.slot(waiter.slot()), waited);
            }
            case Waiter.EXPIRED -> fail(pool.borrowing().timedOut(nanos));
            case Waiter.CLOSED -> fail(new PoolClosedException(pool.name()));
            case Waiter.FAILED -> fail(pool.borrowing().failureOf(waiter));
            default -> throw new IllegalStateException("woken in state " + waiter.state());
        }
    }

    private void fail(Throwable failure) {
        pool.borrowing().traceFailure(failure, deadline - nanos);
        future.completeExceptionally(failure);
    }

    /// Looks at a doubtful object for a borrower that won't wait.
    private void examine(Slot<C> slot) {
        try {
            if (pool.borrowing().isFit(slot)) {
                deliver(slot, 0);
            } else {
                fail(pool.borrowing().timedOut(nanos));
            }
        } catch (RuntimeException failure) {
            fail(failure);
        } catch (Error failure) {
            fail(failure);
            throw failure;
        }
    }

    /// Hands the slot's object over, if it is still wanted.
    private void deliver(Slot<C> slot, long waited) {
        if (future.isDone()) {
            pool.offer(slot);
            return;
        }
        PooledConnection<C> lease;
        try {
            lease = pool.lend(slot, waited);
        } catch (Error failure) {
            fail(failure);
            throw failure;
        }
        if (!future.complete(lease)) {
            lease.close();
        }
    }

    /// The future's place in the queue.
    private final class Place extends Waiter {
        Place() {
            super(null, deadline);
        }

        @Override
        void wake() {
            pool.borrowing().startDelivery(AsyncAcquire.this::settle);
        }
    }
}
