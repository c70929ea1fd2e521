package io.patinox.benchmarks.cache;

import io.patinox.memory.cache.Cache;
import java.util.concurrent.ConcurrentHashMap;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// The caches as JMH holds them: each in an instance field of its own type, filled.
public final class Contestants {

    private Contestants() {}

    /// Ours, with every option at its default.
    @State(Scope.Benchmark)
    public static class Patinox {
        final Cache<Integer, Object> cache;

        /// Creates and fills it.
        public Patinox() {
            this(true);
        }

        Patinox(boolean statistics) {
            cache = Peers.patinox(Scene.here(), Scene.MAX_ENTRIES, statistics);
            Scene.here().fill(cache::put, cache::invalidateAll);
        }
    }

    /// Ours, without statistics.
    @State(Scope.Benchmark)
    public static class PatinoxQuiet extends Patinox {

        /// Creates and fills it.
        public PatinoxQuiet() {
            super(false);
        }
    }

    /// Caffeine.
    @State(Scope.Benchmark)
    public static class CaffeineCache {
        final com.github.benmanes.caffeine.cache.Cache<Integer, Object> cache =
                Peers.caffeine(Scene.here(), Scene.MAX_ENTRIES);

        /// Creates and fills it.
        public CaffeineCache() {
            Scene.here()
                    .fill(
                            cache::put,
                            () -> {
                                cache.invalidateAll();
                                cache.cleanUp();
                            });
            cache.cleanUp();
        }
    }

    /// cache2k without statistics.
    @State(Scope.Benchmark)
    public static class Cache2k {
        final org.cache2k.Cache<Integer, Object> cache;

        /// Creates and fills it.
        public Cache2k() {
            this(false);
        }

        Cache2k(boolean statistics) {
            cache = Peers.cache2k(Scene.here(), Scene.MAX_ENTRIES, statistics);
            Scene.here().fill(cache::put, cache::removeAll);
        }
    }

    /// cache2k as it comes.
    @State(Scope.Benchmark)
    public static class Cache2kCounting extends Cache2k {

        /// Creates and fills it.
        public Cache2kCounting() {
            super(true);
        }
    }

    /// Guava's.
    @State(Scope.Benchmark)
    public static class Guava {
        final com.google.common.cache.Cache<Integer, Object> cache =
                Peers.guava(Scene.here(), Scene.MAX_ENTRIES);

        /// Creates and fills it.
        public Guava() {
            Scene.here().fill(cache::put, cache::invalidateAll);
        }
    }

    /// A map without any bound: the ceiling.
    @State(Scope.Benchmark)
    public static class Map {
        final ConcurrentHashMap<Integer, Object> cache = new ConcurrentHashMap<>();

        /// Creates and fills it.
        public Map() {
            Scene.here().fill(cache::put, cache::clear);
        }
    }
}
