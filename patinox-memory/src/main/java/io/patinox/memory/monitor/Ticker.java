package io.patinox.memory.monitor;

/// A clock that only goes forward: what waits, budgets and ages are measured with.
///
/// Components take one in their builder, so a test can move time by hand. Implementations are
/// thread-safe, never go back, and answer fast: they are read on slow paths of every component.
///
/// {@snippet file="io/patinox/memory/examples/MonitorExamples.java" region="ticker"}
@FunctionalInterface
public interface Ticker {

    /// Returns the time since some fixed but arbitrary point, so only differences mean anything.
    ///
    /// @return nanoseconds; may be negative, and may wrap around
    long nanos();

    /// Returns the ticker of the running JVM, `System.nanoTime()`.
    ///
    /// @return the ticker every component uses by default
    static Ticker system() {
        return SystemTicker.INSTANCE;
    }
}
