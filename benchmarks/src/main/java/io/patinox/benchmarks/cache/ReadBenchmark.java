package io.patinox.benchmarks.cache;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;

/// Reads values, all of which are there: one method an implementation.
public class ReadBenchmark {

    /// Reads our cache.
    ///
    /// @param state what holds the values
    /// @param keys the keys
    /// @return what was found
    @Benchmark
    public @Nullable Object patinox(Contestants.Patinox state, Keys keys) {
        return state.cache.getIfPresent(keys.next());
    }

    /// Reads our cache without statistics.
    ///
    /// @param state what holds the values
    /// @param keys the keys
    /// @return what was found
    @Benchmark
    public @Nullable Object patinoxQuiet(Contestants.PatinoxQuiet state, Keys keys) {
        return state.cache.getIfPresent(keys.next());
    }

    /// Reads Caffeine.
    ///
    /// @param state what holds the values
    /// @param keys the keys
    /// @return what was found
    @Benchmark
    public @Nullable Object caffeine(Contestants.CaffeineCache state, Keys keys) {
        return state.cache.getIfPresent(keys.next());
    }

    /// Reads cache2k without statistics.
    ///
    /// @param state what holds the values
    /// @param keys the keys
    /// @return what was found
    @Benchmark
    public @Nullable Object cache2k(Contestants.Cache2k state, Keys keys) {
        return state.cache.peek(keys.next());
    }

    /// Reads cache2k.
    ///
    /// @param state what holds the values
    /// @param keys the keys
    /// @return what was found
    @Benchmark
    public @Nullable Object cache2kCounting(Contestants.Cache2kCounting state, Keys keys) {
        return state.cache.peek(keys.next());
    }

    /// Reads Guava's cache.
    ///
    /// @param state what holds the values
    /// @param keys the keys
    /// @return what was found
    @Benchmark
    public @Nullable Object guava(Contestants.Guava state, Keys keys) {
        return state.cache.getIfPresent(keys.next());
    }

    /// Reads the map.
    ///
    /// @param state what holds the values
    /// @param keys the keys
    /// @return what was found
    @Benchmark
    public @Nullable Object map(Contestants.Map state, Keys keys) {
        return state.cache.get(keys.next());
    }
}
