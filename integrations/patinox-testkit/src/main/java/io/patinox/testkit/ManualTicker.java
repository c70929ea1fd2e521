package io.patinox.testkit;

import io.patinox.memory.error.Options;
import io.patinox.memory.monitor.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// A clock that stands still until a test moves it.
///
/// {@snippet file="io/patinox/testkit/examples/TestkitExamples.java" region="ticker"}
///
/// It moves the time by which components reckon ages, lifetimes and thresholds. It wakes nobody: a
/// thread that waits for a timeout, or for its next round, does so in real time and sees the new
/// time when it next looks.
///
/// **Threads.** Safe for use by many threads. What a thread did before it moved the time is visible
/// to whoever reads that time or a later one.
public final class ManualTicker implements Ticker {
    private static final Duration STEP_MAX = Duration.ofDays(36_500);

    private final AtomicLong nanos;

    /// A clock at zero.
    public ManualTicker() {
        this(0);
    }

    /// A clock at some time, perhaps just before [Long#MAX_VALUE], where it wraps around as
    /// `System.nanoTime()` may.
    ///
    /// @param nanos what it shows first, in nanoseconds; any number
    public ManualTicker(long nanos) {
        this.nanos = new AtomicLong(nanos);
    }

    @Override
    public long nanos() {
        return nanos.get();
    }

    /// Moves the time forward.
    ///
    /// @param by how far, zero to 36,500 days
    /// @return what it shows now, in nanoseconds
    /// @throws io.patinox.memory.error.InvalidOptionException if it is out of range: a ticker never
    ///   goes back
    public long advance(Duration by) {
        return nanos.addAndGet(Options.inRange("by", by, Duration.ZERO, STEP_MAX).toNanos());
    }

    @Override
    public String toString() {
        return "ManualTicker[" + nanos.get() + " ns]";
    }
}
