package io.patinox.memory.config;

import io.patinox.memory.config.internal.FolderWatch;
import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.monitor.Ticker;
import io.patinox.memory.resource.ResourceRegistry;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What a builder has checked.
record ConfigSettings<T>(
        String name,
        List<Layer> layers,
        Assembly<T> assembly,
        List<Fixed<T>> fixed,
        int history,
        long maxFileBytes,
        Times times,
        Monitor monitor,
        @Nullable ResourceRegistry registry,
        Surroundings surroundings) {

    /// A part that can't change while the program runs.
    record Fixed<T>(String name, Function<? super T, ? extends @Nullable Object> part) {}

    /// How long things take.
    record Times(
            long settleNanos,
            long goneNanos,
            long maxWaitNanos,
            long minIntervalNanos,
            long pollNanos,
            long callNanos,
            Duration timeout,
            Duration close) {}

    /// What a test puts in place of the real thing.
    ///
    /// @param driven whether the loader has no thread, and a test runs its steps
    record Surroundings(
            Ticker ticker, LongSupplier wallMillis, FolderWatch.Opener opener, boolean driven) {}
}
