package io.patinox.memory.pool.internal;

import io.patinox.memory.error.MemoryErrorCode;
import io.patinox.memory.monitor.Health;

/// Answers how a pool is, from its counters alone: no code of the user runs, nothing is waited for.
final class PoolHealth {
    private PoolHealth() {}

    static Health of(ObjectPool<?> pool) {
        if (pool.isClosed()) {
            return Health.down(
                    new Health.Reason(MemoryErrorCode.POOL_CLOSED.id(), "the pool is closed"));
        }
        if (pool.isSuspended()) {
            return Health.degraded(
                    new Health.Reason(
                            "POOL-SUSPENDED",
                            "the pool is suspended, " + pool.waiting() + " borrowers wait"));
        }
        int failures = pool.population().failures();
        boolean harmless = pool.size() > 0 && pool.waiting() == 0;
        if (failures == 0 || harmless) {
            return Health.up();
        }
        Throwable last = pool.population().lastFailure();
        // The class only: a message may hold what must not be shown.
        String cause = last == null ? "" : ", the last with " + last.getClass().getName();
        Health.Reason reason =
                new Health.Reason(
                        MemoryErrorCode.POOL_CREATE_FAILED.id(),
                        failures + " attempts in a row to create an object failed" + cause);
        return pool.size() == 0 ? Health.down(reason) : Health.degraded(reason);
    }
}
