package io.patinox.memory.pool.internal;

import io.patinox.memory.pool.RetireReason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// What it takes to close one pool.
final class PoolEnd<C> implements Closing.Subject {
    private final ObjectPool<C> pool;

    PoolEnd(ObjectPool<C> pool) {
        this.pool = pool;
    }

    @Override
    public String name() {
        return pool.name();
    }

    @Override
    public int stop() {
        int failed = stopLending(pool);
        pool.keeper().abandonTasks();
        return failed;
    }

    /// Creates nothing any more, fails those who wait, and retires what is idle.
    static <C> int stopLending(ObjectPool<C> pool) {
        // The population first: what is retired below must not be replaced.
        pool.population().close();
        return pool.engine().close(i -> pool.retire(pool.slot(i), RetireReason.CLOSED));
    }

    @Override
    public boolean awaitDrained(long nanos) throws InterruptedException {
        return pool.population().awaitDrained(nanos);
    }

    @Override
    public void settle() {
        pool.engine().tend(pool.clock().nanos());
    }

    @Override
    public CompletableFuture<Void> pendingCleanups() {
        return pool.custody().pendingCleanups();
    }

    @Override
    public List<String> abandoned() {
        return abandoned(pool);
    }

    /// {@return who still holds objects of a pool, a line each}
    static List<String> abandoned(ObjectPool<?> pool) {
        List<String> held = new ArrayList<>();
        for (Slot<?> slot : pool.slots()) {
            if (slot.isLent()) {
                Thread borrower = slot.borrower();
                String label = slot.label();
                long seconds =
                        TimeUnit.NANOSECONDS.toSeconds(pool.clock().nanos() - slot.leasedAtNanos);
                held.add(
                        pool.name()
                                + "#"
                                + slot.index
                                + " held for "
                                + seconds
                                + " s by "
                                + (borrower == null ? "an unknown thread" : borrower.getName())
                                + (label == null ? "" : ", labelled '" + label + "'"));
            }
        }
        return held;
    }

    @Override
    public boolean isEmpty() {
        return pool.size() == 0;
    }

    @Override
    public void unregister() {
        pool.monitor().unregister(pool);
    }

    @Override
    public void end() {
        pool.keeper().stop();
        try {
            pool.registry().close();
        } finally {
            pool.monitor().close();
        }
    }
}
