package io.patinox.benchmarks.hitratio;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.patinox.memory.cache.Cache;
import io.patinox.memory.cache.CacheBuilder;
import io.patinox.memory.cache.EvictionPolicy;
import org.cache2k.Cache2kBuilder;

/// A cache that is asked for keys, and given those it does not have.
interface Contestant extends AutoCloseable {

    String PATINOX = "patinox";
    String CAFFEINE = "caffeine";
    String CACHE2K = "cache2k";
    String S3_FIFO = "patinox, s3-fifo";
    String OPTIMAL = "optimal";

    /// Asks for a key, and gives it a value if it has none.
    ///
    /// @return whether it had one
    boolean use(Integer key);

    @Override
    void close();

    /// Makes a cache, with nothing set but its bound. Caffeine does its maintenance in the calling
    /// thread, so that nothing it decides depends on when another one runs.
    ///
    /// @param name one of the names above
    /// @param capacity the most entries
    /// @return an empty cache
    static Contestant of(String name, int capacity) {
        return switch (name) {
            case PATINOX -> patinox(EvictionPolicy.adaptive(), capacity);
            case S3_FIFO -> patinox(EvictionPolicy.s3Fifo(), capacity);
            case CAFFEINE -> caffeine(capacity);
            case CACHE2K -> cache2k(capacity);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Contestant patinox(EvictionPolicy policy, int capacity) {
        CacheBuilder<Integer, Integer> builder = Cache.builder();
        Cache<Integer, Integer> cache = builder.maxEntries(capacity).policy(policy).build();
        return new Contestant() {
            @Override
            public boolean use(Integer key) {
                if (cache.getIfPresent(key) != null) {
                    return true;
                }
                cache.put(key, key);
                return false;
            }

            @Override
            public void close() {
                cache.close();
            }
        };
    }

    private static Contestant caffeine(int capacity) {
        com.github.benmanes.caffeine.cache.Cache<Integer, Integer> cache =
                Caffeine.newBuilder()
                        .maximumSize(capacity)
                        .initialCapacity(capacity)
                        .executor(Runnable::run)
                        .build();
        return new Contestant() {
            @Override
            public boolean use(Integer key) {
                if (cache.getIfPresent(key) != null) {
                    return true;
                }
                cache.put(key, key);
                return false;
            }

            @Override
            public void close() {
                cache.invalidateAll();
            }
        };
    }

    private static Contestant cache2k(int capacity) {
        org.cache2k.Cache<Integer, Integer> cache =
                Cache2kBuilder.of(Integer.class, Integer.class)
                        .entryCapacity(capacity)
                        .eternal(true)
                        .build();
        return new Contestant() {
            @Override
            public boolean use(Integer key) {
                if (cache.peek(key) != null) {
                    return true;
                }
                cache.put(key, key);
                return false;
            }

            @Override
            public void close() {
                cache.close();
            }
        };
    }
}
