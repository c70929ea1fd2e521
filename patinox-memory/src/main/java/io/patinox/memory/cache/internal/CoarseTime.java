package io.patinox.memory.cache.internal;

/// A copy of the system's clock that a hit can afford to read, kept by [Housekeeping].
final class CoarseTime implements CacheClock {

    private static volatile long coarse = System.nanoTime();

    CoarseTime() {
        refresh();
    }

    static void refresh() {
        coarse = System.nanoTime();
    }

    @Override
    public long nanos() {
        return coarse;
    }
}
