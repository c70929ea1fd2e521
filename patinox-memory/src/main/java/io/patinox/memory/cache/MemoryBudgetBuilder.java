package io.patinox.memory.cache;

import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.error.Options;
import io.patinox.memory.monitor.Monitor;
import java.time.Duration;

/// Builds a [MemoryBudget]. Not thread-safe.
public final class MemoryBudgetBuilder {

    private static final Duration LONGEST = Duration.ofDays(1);

    final long maxBytes;
    String name = "memory-budget";
    Duration interval = Duration.ofSeconds(10);
    double heapThreshold = 0.85;
    Monitor monitor = Monitor.noop();

    MemoryBudgetBuilder(long maxBytes) {
        this.maxBytes = Options.inRange("maxBytes", maxBytes, 1, Long.MAX_VALUE / 4);
    }

    /// Sets the name. Default `memory-budget`.
    ///
    /// @param name 1 to 100 letters, digits and `. _ - :`
    /// @return this builder
    public MemoryBudgetBuilder name(String name) {
        this.name = Options.name("name", name);
        return this;
    }

    /// Sets how often the budget looks at its members by itself. Default 10 s.
    ///
    /// @param interval from 10 ms to a day; zero for never: then [MemoryBudget#rebalance()] is to
    ///   be called, and nothing shrinks under heap pressure before
    /// @return this builder
    public MemoryBudgetBuilder interval(Duration interval) {
        if (!Duration.ZERO.equals(interval)) {
            Options.inRange("interval", interval, Duration.ofMillis(10), LONGEST);
        }
        this.interval = interval;
        return this;
    }

    /// Sets how full the heap may still be after a garbage collection before all members are made
    /// smaller. Default 0.85.
    ///
    /// That needs the module `java.management` in the graph, as it is unless the JVM was linked
    /// without it; otherwise nothing shrinks.
    ///
    /// @param heapThreshold a share of the largest possible heap, from 0.1 to 1; 1 for never
    /// @return this builder
    public MemoryBudgetBuilder heapThreshold(double heapThreshold) {
        if (!(heapThreshold >= 0.1 && heapThreshold <= 1)) {
            throw new InvalidOptionException(
                    "heapThreshold", heapThreshold, "0.1 to 1", "choose one in that range");
        }
        this.heapThreshold = heapThreshold;
        return this;
    }

    /// Sets what is told of members that fail. Default [Monitor#noop()].
    ///
    /// @param monitor the monitor
    /// @return this builder
    public MemoryBudgetBuilder monitor(Monitor monitor) {
        this.monitor = Options.required("monitor", monitor);
        return this;
    }

    /// Builds the budget and starts its thread, if it has an interval.
    ///
    /// @return a budget without members
    public MemoryBudget build() {
        return new MemoryBudget(this);
    }
}
