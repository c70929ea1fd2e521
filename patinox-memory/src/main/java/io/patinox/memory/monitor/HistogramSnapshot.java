package io.patinox.memory.monitor;

import io.patinox.memory.error.Options;
import io.patinox.memory.internal.Buckets;
import java.util.Arrays;
import java.util.Locale;

/// What a [Histogram] had counted at one moment. Immutable.
///
/// Count, sum and maximum are exact. A percentile is the largest value of the bucket it falls into,
/// at most the maximum: it is never too low, and at most 3.2 % too high for values up to 2^42.
public final class HistogramSnapshot {

    private final String unit;
    private final long[] counts;
    private final long count;
    private final long sum;
    private final long max;

    private HistogramSnapshot(String unit, long[] counts, long sum, long max) {
        this.unit = unit;
        this.counts = counts;
        this.count = Arrays.stream(counts).sum();
        this.sum = sum;
        this.max = max;
    }

    static HistogramSnapshot of(String unit, long[] counts, long sum, long max) {
        int length = counts.length;
        while (length > 0 && counts[length - 1] == 0) {
            length--;
        }
        return new HistogramSnapshot(unit, Arrays.copyOf(counts, length), sum, max);
    }

    /// Returns how many values were recorded.
    ///
    /// @return the count
    public long count() {
        return count;
    }

    /// Returns the sum of all values.
    ///
    /// @return the sum, in the unit of the histogram
    public long sum() {
        return sum;
    }

    /// Returns the mean of all values.
    ///
    /// @return sum divided by count; 0 if nothing was recorded
    public double mean() {
        return count == 0 ? 0 : (double) sum / count;
    }

    /// Returns the median.
    ///
    /// @return the 50th percentile
    public long p50() {
        return percentile(50);
    }

    /// Returns what 90 % of the values do not exceed.
    ///
    /// @return the 90th percentile
    public long p90() {
        return percentile(90);
    }

    /// Returns what 99 % of the values do not exceed.
    ///
    /// @return the 99th percentile
    public long p99() {
        return percentile(99);
    }

    /// Returns what 99.9 % of the values do not exceed.
    ///
    /// @return the 99.9th percentile
    public long p999() {
        return percentile(99.9);
    }

    /// Returns the largest value.
    ///
    /// @return the maximum; 0 if nothing was recorded
    public long max() {
        return max;
    }

    /// Returns what a share of the values does not exceed.
    ///
    /// @param percent the share, from 0 to 100
    /// @return the percentile; 0 if nothing was recorded
    public long percentile(double percent) {
        Options.consistent(
                percent >= 0 && percent <= 100,
                "percent",
                percent,
                "0 to 100",
                "pass 99.9 for the 99.9th percentile");
        // a hair less, or 99.9 % of 1,000 values would be 999.0000000000001 of them
        long rank = Math.max(1, (long) Math.ceil(Math.nextDown(percent) * count / 100));
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= rank) {
                // the last bucket has no upper end, and no other reaches beyond the maximum
                return i == Buckets.COUNT - 1 ? max : Math.min(max, Buckets.highest(i));
            }
        }
        return 0;
    }

    /// Returns what was recorded between an earlier snapshot of the same histogram and this one.
    ///
    /// The maximum of the difference is known only as well as a percentile: it is the upper end of
    /// the highest bucket in it, at most this snapshot's maximum.
    ///
    /// {@snippet file="io/patinox/memory/examples/MonitorExamples.java" region="since"}
    ///
    /// @param earlier a snapshot of the same histogram
    /// @return the difference
    public HistogramSnapshot since(HistogramSnapshot earlier) {
        Options.required("earlier", earlier);
        boolean follows = unit.equals(earlier.unit) && earlier.counts.length <= counts.length;
        long[] difference = counts.clone();
        for (int i = 0; follows && i < earlier.counts.length; i++) {
            difference[i] -= earlier.counts[i];
            follows = difference[i] >= 0;
        }
        Options.consistent(
                follows,
                "earlier",
                earlier,
                "an earlier snapshot of the same histogram",
                "take the snapshots from one histogram and subtract the older from the newer");
        int last = difference.length - 1;
        while (last >= 0 && difference[last] == 0) {
            last--;
        }
        long highest = last == Buckets.COUNT - 1 ? max : last < 0 ? 0 : Buckets.highest(last);
        return of(unit, difference, sum - earlier.sum, Math.min(max, highest));
    }

    /// Returns the unit of the values.
    ///
    /// @return the unit in the plural, for example `nanos`
    public String unit() {
        return unit;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "count=%d, mean=%.1f, p50=%d, p90=%d, p99=%d, p99.9=%d, max=%d (%s)",
                count,
                mean(),
                p50(),
                p90(),
                p99(),
                p999(),
                max,
                unit);
    }
}
