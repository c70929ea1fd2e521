package io.patinox.memory.pool.internal;

/// What a pool needs to have done in the background.
final class Upkeep<C> implements Kept {
    private final ObjectPool<C> pool;
    private final LeakSweep<C> leaks;
    private final PauseRelief<C> relief;

    Upkeep(ObjectPool<C> pool) {
        this.pool = pool;
        leaks = new LeakSweep<>(pool);
        relief = new PauseRelief<>(pool);
    }

    @Override
    public String name() {
        return pool.name();
    }

    @Override
    public CoarseClock clock() {
        return pool.clock();
    }

    @Override
    public long tend(long now) {
        long earliest = pool.engine().expire(now);
        boolean again = pool.engine().tend(now);
        pool.population().demand(0);
        return Math.min(again ? Keeper.SETTLING_NANOS : CoarseClock.TICK_NANOS, earliest);
    }

    @Override
    public void late(long before, long now) {
        relief.spread(before, now);
    }

    @Override
    public void sweep(long now) {
        Throwable failure = pool.clock().takeFailure();
        if (failure != null) {
            pool.reportCallback("ticker", failure);
        }
        pool.retuning().trim();
        pool.returns().refresh();
        pool.idleSweep().sweep(now);
        pool.keepalive().sweep(now);
        leaks.sweep(now);
        if (pool.isAlone()) {
            // What a pool among others meters is about all of them.
            pool.advising().tick(now);
        }
    }

    @Override
    public void reportCallback(String callback, Throwable failure) {
        pool.reportCallback(callback, failure);
    }
}
