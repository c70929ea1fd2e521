package io.patinox.memory.cache.internal;

import java.util.concurrent.ThreadLocalRandom;

/// Spreads hash codes over bins, for each cache in another way, so that nobody who chooses keys can
/// choose their bins. Keys of equal hash codes still share one: see [Crowd].
final class Hashing {

    private final int seed = ThreadLocalRandom.current().nextInt();

    static int spread(int hashCode, int seed) {
        int h = (hashCode ^ seed) * 0x9E37_79B9;
        return (h ^ (h >>> 15)) & Integer.MAX_VALUE;
    }

    int seed() {
        return seed;
    }

    int of(Object key) {
        return spread(key.hashCode(), seed);
    }
}
