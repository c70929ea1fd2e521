package io.patinox.memory.pool.internal;

import java.time.Duration;
import java.util.function.ToIntFunction;

/// The options of a keyed pool after they were checked; the builder documents each.
///
/// @param <K> the type of the keys
/// @param each the options of the pool of each key
public record KeyedSettings<K>(
        PoolSettings each,
        int maxTotal,
        ToIntFunction<? super K> maxPerKey,
        int minPerKey,
        int keyPasses,
        int createConcurrencyTotal,
        Duration idleKeyTimeout) {}
