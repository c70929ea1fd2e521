package io.patinox.memory.pool.internal;

/// What a pool counts beside its meters; of several pools it is the sum.
record PoolFigures(
        long uses,
        long overtakings,
        int inUse,
        int idle,
        int waiting,
        int creating,
        int size,
        int maxSize) {

    static PoolFigures of(ObjectPool<?> pool) {
        return new PoolFigures(
                pool.uses(),
                pool.engine().overtakings(),
                pool.inUse(),
                pool.idle(),
                pool.waiting(),
                pool.creating(),
                pool.size(),
                pool.maxSize());
    }

    PoolFigures plus(PoolFigures other) {
        return new PoolFigures(
                uses + other.uses,
                overtakings + other.overtakings,
                inUse + other.inUse,
                idle + other.idle,
                waiting + other.waiting,
                creating + other.creating,
                size + other.size,
                maxSize);
    }
}
