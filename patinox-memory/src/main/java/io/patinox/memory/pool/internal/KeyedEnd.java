package io.patinox.memory.pool.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// What it takes to close a keyed pool.
final class KeyedEnd implements Closing.Subject {
    private final KeyedObjectPool<?, ?> pool;

    KeyedEnd(KeyedObjectPool<?, ?> pool) {
        this.pool = pool;
    }

    @Override
    public String name() {
        return pool.name();
    }

    @Override
    public int stop() {
        int failed = 0;
        for (KeyShare<?, ?> share : pool.shares()) {
            failed += stop(share);
        }
        pool.commons().keeper().abandonTasks();
        return failed;
    }

    /// Ends the pool of one key.
    ///
    /// @return how many who waited were failed
    static int stop(KeyShare<?, ?> share) {
        share.pool().closing().begin();
        return Math.max(0, PoolEnd.stopLending(share.pool()));
    }

    @Override
    public boolean awaitDrained(long nanos) throws InterruptedException {
        return pool.limit().awaitDrained(nanos);
    }

    @Override
    public void settle() {
        long now = pool.clock().nanos();
        pool.shares().forEach(share -> share.pool().engine().tend(now));
    }

    @Override
    public CompletableFuture<Void> pendingCleanups() {
        // What is being destroyed takes room until it is gone: see TotalLimit.
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public List<String> abandoned() {
        List<String> held = new ArrayList<>();
        pool.shares().forEach(share -> held.addAll(PoolEnd.abandoned(share.pool())));
        return held;
    }

    @Override
    public boolean isEmpty() {
        return pool.limit().used() == 0;
    }

    @Override
    public void unregister() {
        pool.commons().monitor().unregister(pool);
    }

    @Override
    public void end() {
        pool.commons().keeper().stop();
        try {
            pool.commons().registry().close();
        } finally {
            pool.commons().monitor().close();
        }
    }
}
