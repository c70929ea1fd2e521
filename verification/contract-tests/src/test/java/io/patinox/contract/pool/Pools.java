package io.patinox.contract.pool;

import io.patinox.memory.pool.ConnectionManager;
import io.patinox.memory.pool.Pool;
import io.patinox.memory.pool.PoolBuilder;
import io.patinox.memory.pool.Striping;

/// Begins the pools of these tests. The build runs them all twice: once an engine.
final class Pools {
    static final Striping STRIPING =
            Striping.valueOf(System.getProperty("patinox.striping", Striping.STRIPED.name()));

    private Pools() {}

    static <C> PoolBuilder<C> builder(ConnectionManager<C> manager) {
        return Pool.builder(manager).striping(STRIPING);
    }
}
