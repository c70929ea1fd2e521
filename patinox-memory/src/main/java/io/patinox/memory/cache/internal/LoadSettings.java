package io.patinox.memory.cache.internal;

import io.patinox.memory.cache.CacheLoader;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How a cache makes the values that are missing, checked.
///
/// @param loader makes them, null in a cache that is given its values
/// @param loadTimeout how long a load may take, zero for without a limit
/// @param maxConcurrentLoads how many run at once, 0 for any number
/// @param maxBatchSize how many keys are given to one call of `loadAll`
/// @param coalesceWindow how long single keys are gathered, zero for not at all
/// @param coalesceBatch how many keys end the gathering at once
/// @param refreshAfterWrite after which time a hit has the value made anew, zero for never
/// @param refresh says that time for each entry, or null
/// @param refreshAhead whether that happens without a hit
/// @param earlyRefresh the factor of early refreshes by lot, 0 for none
/// @param staleWhileRevalidate how long an old value is served while it is made anew
/// @param staleIfError how long an old value is served if it can't be made anew
/// @param cacheNulls how long it is remembered that a key has no value, zero for not at all
/// @param cacheExceptions says how long a failure is remembered, or null
/// @param alarms calls at a later time
/// @param <K> the type of the keys
/// @param <V> the type of the values
public record LoadSettings<K, V>(
        @Nullable CacheLoader<K, V> loader,
        Duration loadTimeout,
        int maxConcurrentLoads,
        int maxBatchSize,
        Duration coalesceWindow,
        int coalesceBatch,
        Duration refreshAfterWrite,
        @Nullable BiFunction<? super K, ? super V, @Nullable Duration> refresh,
        boolean refreshAhead,
        double earlyRefresh,
        Duration staleWhileRevalidate,
        Duration staleIfError,
        Duration cacheNulls,
        @Nullable Function<? super Throwable, @Nullable Duration> cacheExceptions,
        Alarms alarms) {

    /// {@return whether hits have to look at the age of the value}
    boolean keepsTimes() {
        return !refreshAfterWrite.isZero()
                || refresh != null
                || earlyRefresh > 0
                || !staleWhileRevalidate.isZero()
                || !staleIfError.isZero();
    }

    /// {@return whether anything here needs a clock}
    boolean timed() {
        return keepsTimes() || !cacheNulls.isZero() || cacheExceptions != null;
    }
}
