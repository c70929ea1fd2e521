package io.patinox.cli.simulate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Arrays;

/// The cache Caffeine, which does its maintenance on the thread that replays, so that it loses no
/// hit out of haste. It starts from a random seed, so its figures differ a little between runs.
final class CaffeineContender implements Contender {

    static final String NAME = "caffeine";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public long hits(Trace trace, int size) {
        Integer[] keys = new Integer[trace.distinct()];
        Arrays.setAll(keys, Integer::valueOf);
        Cache<Integer, Integer> cache =
                Caffeine.newBuilder()
                        .maximumSize(size)
                        .initialCapacity(Math.min(size, trace.distinct()))
                        .executor(Runnable::run)
                        .build();
        long hits = 0;
        for (int number : trace.keys()) {
            Integer key = keys[number];
            if (cache.getIfPresent(key) == null) {
                cache.put(key, key);
            } else {
                hits++;
            }
        }
        return hits;
    }
}
