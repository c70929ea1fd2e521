package io.patinox.benchmarks.cache;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;

/// Reads three values and replaces one: one method an implementation.
public class MixBenchmark {

    /// Reads or updates our cache.
    ///
    /// @param state what holds the values
    /// @param keys the keys
    /// @return what was found
    @Benchmark
    public @Nullable Object patinox(Contestants.Patinox state, Keys keys) {
        Integer key = keys.next();
        if (keys.updates()) {
            state.cache.put(key, keys.value());
            return key;
        }
        return state.cache.getIfPresent(key);
    }

    /// Reads or updates Caffeine.
    ///
    /// @param state what holds the values
    /// @param keys the keys
    /// @return what was found
    @Benchmark
    public @Nullable Object caffeine(Contestants.CaffeineCache state, Keys keys) {
        Integer key = keys.next();
        if (keys.updates()) {
            state.cache.put(key, keys.value());
            return key;
        }
        return state.cache.getIfPresent(key);
    }

    /// Reads or updates cache2k without statistics.
    ///
    /// @param state what holds the values
    /// @param keys the keys
    /// @return what was found
    @Benchmark
    public @Nullable Object cache2k(Contestants.Cache2k state, Keys keys) {
        Integer key = keys.next();
        if (keys.updates()) {
            state.cache.put(key, keys.value());
            return key;
        }
        return state.cache.peek(key);
    }

    /// Reads or updates cache2k.
    ///
    /// @param state what holds the values
    /// @param keys the keys
    /// @return what was found
    @Benchmark
    public @Nullable Object cache2kCounting(Contestants.Cache2kCounting state, Keys keys) {
        Integer key = keys.next();
        if (keys.updates()) {
            state.cache.put(key, keys.value());
            return key;
        }
        return state.cache.peek(key);
    }

    /// Reads or updates Guava's cache.
    ///
    /// @param state what holds the values
    /// @param keys the keys
    /// @return what was found
    @Benchmark
    public @Nullable Object guava(Contestants.Guava state, Keys keys) {
        Integer key = keys.next();
        if (keys.updates()) {
            state.cache.put(key, keys.value());
            return key;
        }
        return state.cache.getIfPresent(key);
    }

    /// Reads or updates the map.
    ///
    /// @param state what holds the values
    /// @param keys the keys
    /// @return what was found
    @Benchmark
    public @Nullable Object map(Contestants.Map state, Keys keys) {
        Integer key = keys.next();
        if (keys.updates()) {
            state.cache.put(key, keys.value());
            return key;
        }
        return state.cache.get(key);
    }
}
