package io.patinox.memory.pool.internal;

import io.patinox.memory.error.MemoryErrorCode;
import io.patinox.memory.monitor.Health;

/// Answers how a keyed pool is, from its counters alone: no code of the user runs, and no key is
/// shown.
final class KeyedHealth {
    private KeyedHealth() {}

    static Health of(KeyedObjectPool<?, ?> pool) {
        if (pool.isClosed()) {
            return Health.down(
                    new Health.Reason(MemoryErrorCode.POOL_CLOSED.id(), "the pool is closed"));
        }
        int keys = 0;
        int failing = 0;
        Throwable last = null;
        for (KeyShare<?, ?> share : pool.shares()) {
            keys++;
            if (share.pool().population().failures() > 0) {
                failing++;
                last = share.pool().population().lastFailure();
            }
        }
        if (failing == 0) {
            return Health.up();
        }
        // The class only: a message may hold what must not be shown.
        String cause = last == null ? "" : ", one with " + last.getClass().getName();
        Health.Reason reason =
                new Health.Reason(
                        MemoryErrorCode.POOL_CREATE_FAILED.id(),
                        "attempts to create an object fail for %d of %d keys%s"
                                .formatted(failing, keys, cause));
        boolean nothingWorks = failing == keys && pool.size() == 0;
        return nothingWorks ? Health.down(reason) : Health.degraded(reason);
    }
}
