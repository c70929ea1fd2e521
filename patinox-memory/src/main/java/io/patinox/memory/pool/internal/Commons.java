package io.patinox.memory.pool.internal;

import io.patinox.memory.monitor.IsolatedMonitor;

/// What a pool needs beside its objects: it has that to itself, or shares it with the pools of the
/// other keys of a keyed pool.
record Commons(
        CoarseClock clock,
        PoolMeters meters,
        IsolatedMonitor monitor,
        Keeper keeper,
        PoolRegistry registry) {

    static Commons of(Kept kept, CoarseClock clock, PoolSettings settings) {
        return new Commons(
                clock,
                new PoolMeters(),
                IsolatedMonitor.of(settings.monitor()),
                new Keeper(kept, ObjectPool.SWEEP_NANOS),
                new PoolRegistry(settings));
    }
}
