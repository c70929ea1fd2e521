package io.patinox.benchmarks.cache;

import org.openjdk.jmh.annotations.Benchmark;

/// Puts values in, for keys that are there or for new ones, as the scene has it: one method an
/// implementation.
public class WriteBenchmark {

    /// Writes to our cache.
    ///
    /// @param state what holds the values
    /// @param keys the keys
    @Benchmark
    public void patinox(Contestants.Patinox state, Keys keys) {
        state.cache.put(keys.next(), keys.value());
    }

    /// Writes to Caffeine.
    ///
    /// @param state what holds the values
    /// @param keys the keys
    @Benchmark
    public void caffeine(Contestants.CaffeineCache state, Keys keys) {
        state.cache.put(keys.next(), keys.value());
    }

    /// Writes to cache2k without statistics.
    ///
    /// @param state what holds the values
    /// @param keys the keys
    @Benchmark
    public void cache2k(Contestants.Cache2k state, Keys keys) {
        state.cache.put(keys.next(), keys.value());
    }

    /// Writes to cache2k.
    ///
    /// @param state what holds the values
    /// @param keys the keys
    @Benchmark
    public void cache2kCounting(Contestants.Cache2kCounting state, Keys keys) {
        state.cache.put(keys.next(), keys.value());
    }

    /// Writes to Guava's cache.
    ///
    /// @param state what holds the values
    /// @param keys the keys
    @Benchmark
    public void guava(Contestants.Guava state, Keys keys) {
        state.cache.put(keys.next(), keys.value());
    }

    /// Writes to the map.
    ///
    /// @param state what holds the values
    /// @param keys the keys
    @Benchmark
    public void map(Contestants.Map state, Keys keys) {
        state.cache.put(keys.next(), keys.value());
    }
}
