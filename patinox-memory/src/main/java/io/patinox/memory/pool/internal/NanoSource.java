package io.patinox.memory.pool.internal;

/// Reads a monotonic clock, when the time is needed.
@FunctionalInterface
public interface NanoSource {
    /// {@return the monotonic time in nanoseconds}
    long nanos();
}
