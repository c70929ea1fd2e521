package io.patinox.memory.pool.internal;

import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.monitor.Ticker;
import io.patinox.memory.resource.ResourceRegistry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The options of a pool after they were checked; the builder documents each.
public record PoolSettings(
        String name,
        int maxSize,
        int minSize,
        int createConcurrency,
        int siteSampling,
        Times times,
        Monitor monitor,
        Ticker ticker,
        @Nullable ResourceRegistry registry) {

    /// The durations among the options; zero means "never" where the builder says so.
    public record Times(
            Duration acquire,
            Duration create,
            Duration validation,
            Duration validationBypass,
            Duration idle,
            Duration lifetime,
            Duration leakThreshold,
            Duration close) {}

    /// {@return a duration in nanoseconds, at most about 292 years}
    static long nanos(Duration duration) {
        return duration.compareTo(Duration.ofNanos(Long.MAX_VALUE)) < 0
                ? duration.toNanos()
                : Long.MAX_VALUE;
    }
}
