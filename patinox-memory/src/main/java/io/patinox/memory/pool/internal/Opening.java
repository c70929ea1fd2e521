package io.patinox.memory.pool.internal;

import io.patinox.memory.error.PoolClosedException;
import io.patinox.memory.error.PoolCreateException;
import io.patinox.memory.error.PoolCreateTimeoutException;
import io.patinox.memory.error.PoolInterruptedException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The beginning of a pool: its first objects, and the wait for them if that is wanted.
final class Opening<C> {
    private final ObjectPool<C> pool;
    private final int first;
    private final Duration timeout;

    Opening(ObjectPool<C> pool) {
        this.pool = pool;
        PoolSettings.Create create = pool.settings().create();
        timeout = create.startTimeout();
        first = timeout.isZero() ? create.initialSize() : Math.max(1, create.initialSize());
    }

    /// Begins to create, and returns when there is enough.
    void begin() {
        if (first == 0) {
            pool.population().demand(0);
            return;
        }
        CompletableFuture<@Nullable Void> begun = pool.population().warmUp(first, true);
        if (!timeout.isZero()) {
            awaitOrClose(begun);
        }
    }

    private void awaitOrClose(CompletableFuture<@Nullable Void> begun) {
        boolean there = false;
        try {
            begun.get(PoolSettings.nanos(timeout), TimeUnit.NANOSECONDS);
            there = true;
        } catch (TimeoutException e) {
            throw failed();
        } catch (ExecutionException e) {
            throw new PoolClosedException(pool.name());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PoolInterruptedException(pool.name(), e);
        } finally {
            if (!there) {
                pool.close();
            }
        }
    }

    /// Says why there is no pool: by the last attempt that failed, or by the time if none did.
    private PoolCreateException failed() {
        Throwable last = pool.population().lastFailure();
        Throwable cause =
                last == null ? new PoolCreateTimeoutException(pool.name(), timeout) : last;
        return new PoolCreateException(
                pool.name(), Math.max(1, pool.population().failures()), cause);
    }
}
