package io.patinox.memory.pool.internal;

import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.error.PoolClosedException;
import io.patinox.memory.pool.LeaseBatch;
import io.patinox.memory.pool.PooledConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Acquires several objects at once, all or nothing: see [Batch].
final class Batches<C> {
    private final ObjectPool<C> pool;

    /// Those in the queue, which end when the pool gets too small for them.
    private final Set<Batch<C>> waiting = ConcurrentHashMap.newKeySet();

    Batches(ObjectPool<C> pool) {
        this.pool = pool;
    }

    LeaseBatch<C> acquire(int count, long nanos) {
        check(count);
        if (nanos == 0) {
            return acquireNow(count);
        }
        pool.borrowing().beforeWaiting();
        return new BlockingBatch<>(pool, count, nanos).acquire();
    }

    CompletableFuture<LeaseBatch<C>> acquireAsync(int count, long nanos) {
        check(count);
        if (nanos > 0) {
            return new AsyncBatch<>(pool, count, nanos).begin();
        }
        CompletableFuture<LeaseBatch<C>> future = new CompletableFuture<>();
        pool.borrowing().startDelivery(() -> deliverNow(count, future));
        return future;
    }

    private void deliverNow(int count, CompletableFuture<LeaseBatch<C>> future) {
        LeaseBatch<C> batch;
        try {
            batch = acquireNow(count);
        } catch (Throwable failure) {
            future.completeExceptionally(failure);
            return;
        }
        if (!future.complete(batch)) {
            batch.close();
        }
    }

    /// Takes what is idle, if that is enough.
    private LeaseBatch<C> acquireNow(int count) {
        List<PooledConnection<C>> leases = new ArrayList<>(count);
        boolean whole = false;
        try {
            while (leases.size() < count) {
                var lease = pool.tryAcquire();
                if (lease.isEmpty()) {
                    throw pool.borrowing().timedOut(0);
                }
                leases.add(lease.orElseThrow());
            }
            whole = true;
            return new Leases<>(leases);
        } finally {
            if (!whole) {
                Leases.closeAll(leases);
            }
        }
    }

    private void check(int count) {
        RuntimeException refusal = refusal(count);
        if (refusal != null) {
            throw refusal;
        }
    }

    private @Nullable RuntimeException refusal(int count) {
        int maxSize = pool.maxSize();
        if (count >= 1 && count <= maxSize) {
            return null;
        }
        return new InvalidOptionException(
                "count",
                count,
                "1 to maxSize, which is " + maxSize,
                "ask for fewer at once, or raise maxSize");
    }

    void add(Batch<C> batch) {
        waiting.add(batch);
        refuseTooLarge();
        if (batch.isOver()) {
            waiting.remove(batch);
        }
    }

    void remove(Batch<C> batch) {
        waiting.remove(batch);
    }

    /// Ends the wait of batches that the pool can't serve any more. To be called after it has
    /// become smaller.
    void refuseTooLarge() {
        for (Batch<C> batch : waiting) {
            RuntimeException refusal = refusal(batch.size());
            if (refusal != null) {
                batch.refuse(pool.isClosed() ? new PoolClosedException(pool.name()) : refusal);
            }
        }
    }
}
