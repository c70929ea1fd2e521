package io.patinox.memory.pool.internal;

/// What a pool counts beside its meters; of several pools it is the sum.
record PoolFigures(
        long uses,
        long overtakings,
        int inUse,
        int idle,
        int waiting,
        int creating,
        int strays,
        int destroying,
        int size,
        int minSize,
        int maxSize,
        int workingSet) {

    static PoolFigures of(ObjectPool<?> pool) {
        return new PoolFigures(
                pool.uses(),
                pool.engine().overtakings(),
                pool.inUse(),
                pool.idle(),
                pool.waiting(),
                pool.creating(),
                pool.population().strays().count(),
                pool.custody().destroying(),
                pool.size(),
                pool.limits().minSize(),
                pool.maxSize(),
                pool.idleSweep().workingSet());
    }

    /// {@return the figures of pools that are no more}
    static PoolFigures past(long uses, long overtakings, int maxSize) {
        return new PoolFigures(uses, overtakings, 0, 0, 0, 0, 0, 0, 0, 0, maxSize, 0);
    }

    /// {@return the sum; the size allowed is this one's}
    PoolFigures plus(PoolFigures other) {
        return new PoolFigures(
                uses + other.uses,
                overtakings + other.overtakings,
                inUse + other.inUse,
                idle + other.idle,
                waiting + other.waiting,
                creating + other.creating,
                strays + other.strays,
                destroying + other.destroying,
                size + other.size,
                minSize + other.minSize,
                maxSize,
                workingSet + other.workingSet);
    }
}
