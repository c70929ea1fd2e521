package io.patinox.memory.cache.internal;

/// The time by which entries end.
@FunctionalInterface
interface CacheClock {

    /// {@return nanoseconds since some fixed point; only differences mean anything}
    long nanos();
}
