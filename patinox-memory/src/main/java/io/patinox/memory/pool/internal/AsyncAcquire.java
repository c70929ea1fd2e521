package io.patinox.memory.pool.internal;

import io.patinox.memory.error.PoolClosedException;
import io.patinox.memory.pool.PooledConnection;
import java.util.concurrent.CompletableFuture;

/// One asynchronous acquire: stands in the same queue as the blocking ones.
final class AsyncAcquire<C> {
    /*
     * The future is completed on a virtual thread of its own, never by the thread that releases an
     * object: the callbacks are the user's. Completion and cancellation race on the future: who
     * completes it first wins, and a lease that loses goes back to the pool. Cancelling takes the
     * waiter out of the queue; a waiter that was served at that moment is delivered, and loses.
     */
    private final ObjectPool<C> pool;
    private final long nanos;
    private final long deadline;
    private final CompletableFuture<PooledConnection<C>> future = new CompletableFuture<>();
    private volatile Waiter waiter;

    AsyncAcquire(ObjectPool<C> pool, long nanos) {
        this.pool = pool;
        this.nanos = nanos;
        deadline = pool.clock().nanos() + nanos;
        waiter = new Place(0);
    }

    CompletableFuture<PooledConnection<C>> begin() {
        int index = pool.engine().tryTake();
        if (index >= 0) {
            Slot<C> slot = pool.slot(index);
            if (pool.isDoubtful(slot)) {
                start(() -> deliver(slot, 0));
            } else {
                future.complete(pool.lend(slot));
                return future;
            }
        } else {
            queue();
        }
        // The dependent is for its effect; the caller gets the future that it may cancel.
        var _ = future.whenComplete((_, _) -> leaveQueue());
        return future;
    }

    private void queue() {
        pool.keeper().ensureStarted();
        Waiter place = waiter;
        if (!pool.engine().enqueue(place, pool.clock().nanos())) {
            future.completeExceptionally(new PoolClosedException(pool.name()));
            return;
        }
        if (place.state() == Waiter.WAITING) {
            pool.population().demand(0);
            pool.keeper().wakeIn(nanos);
        }
        if (future.isDone()) {
            leaveQueue();
        }
    }

    private void leaveQueue() {
        if (pool.engine().cancel(waiter, Waiter.CANCELLED)) {
            pool.meters().cancelled.increment();
        }
    }

    private void start(Runnable task) {
        try {
            Thread.ofVirtual().name("patinox-pool-" + pool.name() + "-deliver").start(task);
        } catch (Throwable noThread) {
            // Better on this thread than a lease that is never delivered.
            task.run();
        }
    }

    private void settle(Waiter place) {
        pool.meters().wait.record(nanos - (deadline - pool.clock().nanos()));
        switch (place.state()) {
            case Waiter.GRANTED -> deliver(pool.slot(place.slot()), place.ticket);
            case Waiter.EXPIRED -> future.completeExceptionally(pool.timedOut(nanos));
            case Waiter.CLOSED ->
                    future.completeExceptionally(new PoolClosedException(pool.name()));
            default -> throw new IllegalStateException("woken in state " + place.state());
        }
    }

    /// Hands the slot's object over, if it is fit and still wanted.
    private void deliver(Slot<C> slot, long ticket) {
        if (future.isDone()) {
            pool.offer(slot);
            return;
        }
        PooledConnection<C> lease;
        try {
            if (pool.isDoubtful(slot) && !pool.isFit(slot, deadline, nanos)) {
                waiter = new Place(ticket);
                queue();
                return;
            }
            lease = pool.lend(slot);
        } catch (Throwable failure) {
            future.completeExceptionally(failure);
            if (failure instanceof Error error) {
                throw error;
            }
            return;
        }
        if (!future.complete(lease)) {
            lease.close();
        }
    }

    /// The future's place in the queue.
    private final class Place extends Waiter {
        Place(long ticket) {
            super(null, deadline);
            this.ticket = ticket;
        }

        @Override
        void wake() {
            start(() -> settle(this));
        }
    }
}
