package io.patinox.memory.cache.internal;

/// The time by which entries end.
interface CacheClock {

    /// {@return nanoseconds since some fixed point; only differences mean anything}
    long nanos();

    /// Lets go of what keeps the clock going.
    default void close() {}
}
