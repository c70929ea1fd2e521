package io.patinox.memory.pool.internal;

import io.patinox.memory.pool.LeaseBatch;
import java.util.concurrent.locks.LockSupport;

/// A batch that a thread waits for.
final class BlockingBatch<C> extends Batch<C> {
    private final Thread thread = Thread.currentThread();
    private volatile boolean parked;

    BlockingBatch(ObjectPool<C> pool, int count, long nanos) {
        super(pool, count, nanos);
    }

    LeaseBatch<C> acquire() {
        long waited;
        try {
            enter();
            waited = await();
        } catch (RuntimeException | Error failure) {
            pool.borrowing().traceFailure(failure, begun);
            throw failure;
        }
        return lend(waited);
    }

    private long await() {
        boolean whole = false;
        try {
            while (!isOver()) {
                if (thread.isInterrupted()) {
                    throw pool.borrowing().interrupted(new InterruptedException());
                }
                park();
            }
            long waited = pool.borrowing().waited(begun);
            Throwable failure = failure();
            if (failure instanceof RuntimeException exception) {
                throw exception;
            }
            if (failure instanceof Error error) {
                throw error;
            }
            whole = true;
            return waited;
        } finally {
            if (!whole) {
                giveUp();
            }
        }
    }

    private void park() {
        parked = true;
        // As in Waiter: the flag first, then a look; whoever signals does it the other way round.
        if (!isOver()) {
            if (thread.isVirtual()) {
                LockSupport.park(pool);
            } else {
                long left = nanos - (pool.clock().nanos() - begun);
                if (left <= 0) {
                    parked = false;
                    throw pool.borrowing().timedOut(nanos);
                }
                LockSupport.parkNanos(pool, left);
            }
        }
        parked = false;
    }

    @Override
    void signal() {
        if (parked) {
            LockSupport.unpark(thread);
        }
    }
}
