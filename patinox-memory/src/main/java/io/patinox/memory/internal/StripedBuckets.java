package io.patinox.memory.internal;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Counts values by bucket, with their exact sum and maximum, for many threads at once.
///
/// Recording is two atomic additions on the stripe of the calling thread (and rarely an update of
/// the maximum). A stripe takes 10 kB and is made when a thread first records on it; after that
/// nothing is allocated. Reading adds the stripes up.
public final class StripedBuckets {

    private static final int SUM = Buckets.COUNT;
    private static final int MAX = Buckets.COUNT + 1;
    private static final int LENGTH = Buckets.COUNT + 2;

    private static final int STRIPES = Stripes.count(1, 2, 16);

    private final AtomicReferenceArray<@Nullable AtomicLongArray> stripes =
            new AtomicReferenceArray<>(STRIPES);

    /// Creates empty buckets.
    public StripedBuckets() {}

    /// Counts a value; negative ones count as zero.
    ///
    /// @param value the value
    public void record(long value) {
        long v = Math.max(0, value);
        AtomicLongArray stripe = stripe();
        stripe.getAndAdd(Buckets.indexOf(v), 1);
        stripe.getAndAdd(SUM, v);
        long max = stripe.get(MAX);
        while (v > max && !stripe.compareAndSet(MAX, max, v)) {
            max = stripe.get(MAX);
        }
    }

    /// Returns how often each bucket was hit, up to the last one that was.
    ///
    /// @return the counts by bucket
    public long[] counts() {
        long[] counts = new long[Buckets.COUNT];
        for (int s = 0; s < STRIPES; s++) {
            AtomicLongArray stripe = stripes.get(s);
            if (stripe != null) {
                for (int i = 0; i < Buckets.COUNT; i++) {
                    counts[i] += stripe.get(i);
                }
            }
        }
        return counts;
    }

    /// Returns the sum of the values; it wraps beyond the range of `long`.
    ///
    /// @return the sum
    public long sum() {
        long sum = 0;
        for (int s = 0; s < STRIPES; s++) {
            AtomicLongArray stripe = stripes.get(s);
            sum += stripe == null ? 0 : stripe.get(SUM);
        }
        return sum;
    }

    /// Returns the largest value, 0 when there is none.
    ///
    /// @return the largest value
    public long max() {
        long max = 0;
        for (int s = 0; s < STRIPES; s++) {
            AtomicLongArray stripe = stripes.get(s);
            max = Math.max(max, stripe == null ? 0 : stripe.get(MAX));
        }
        return max;
    }

    private AtomicLongArray stripe() {
        int index = Stripes.current(STRIPES);
        AtomicLongArray stripe = stripes.get(index);
        return stripe != null ? stripe : newStripe(index);
    }

    private AtomicLongArray newStripe(int index) {
        AtomicLongArray fresh = new AtomicLongArray(LENGTH);
        AtomicLongArray other = stripes.compareAndExchange(index, null, fresh);
        return other != null ? other : fresh;
    }
}
