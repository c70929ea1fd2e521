package io.patinox.memory.monitor;

import io.patinox.memory.internal.StripedBuckets;

/// Counts how often values fall into fixed buckets, so that percentiles can be read at any time.
///
/// Buckets are at most 3.2 % as wide as the values in them, up to 2^42 (73 minutes in nanoseconds);
/// larger values share the last bucket, while sum and maximum stay exact. Negative values count as
/// zero.
///
/// *Threads.* Any number of threads may record and read. Recording never waits and allocates
/// nothing once a thread's stripe exists; there are as many stripes as processors, at least 2, at
/// most 16, of 10 kB each.
///
/// {@snippet file="io/patinox/memory/examples/MonitorExamples.java" region="histogram"}
public final class Histogram {

    private final StripedBuckets buckets = new StripedBuckets();
    private final String unit;

    private Histogram(String unit) {
        this.unit = unit;
    }

    /// Creates an empty histogram of durations in nanoseconds.
    ///
    /// @return the histogram
    public static Histogram nanos() {
        return new Histogram("nanos");
    }

    /// Counts a value.
    ///
    /// @param value the value
    public void record(long value) {
        buckets.record(value);
    }

    /// Returns what was recorded up to now.
    ///
    /// It holds every value whose recording ended before this call, and maybe some that overlap it.
    ///
    /// @return a snapshot
    public HistogramSnapshot snapshot() {
        // the maximum last: whatever is in a bucket of the snapshot it should not miss
        return HistogramSnapshot.of(unit, buckets.counts(), buckets.sum(), buckets.max());
    }
}
