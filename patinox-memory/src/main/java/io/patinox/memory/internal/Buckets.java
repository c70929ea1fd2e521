package io.patinox.memory.internal;

/// The fixed buckets of every histogram: where a value falls, and which values a bucket holds.
///
/// Up to 63 each value has a bucket of its own. From there every power of two is cut into 32 equal
/// buckets, so a bucket is at most 1/32 (3.2 %) as wide as the values in it. Values from 2^42 on
/// (73 minutes in nanoseconds) share the last bucket.
public final class Buckets {

    private static final int SUB_BITS = 5;
    private static final int SUB_COUNT = 1 << SUB_BITS;
    private static final int EXACT = 2 * SUB_COUNT;
    private static final int MAX_BITS = 42;

    /// The largest value with a bucket of its width; larger ones are counted with it.
    public static final long LARGEST = (1L << MAX_BITS) - 1;

    /// How many buckets there are.
    public static final int COUNT = EXACT + (MAX_BITS - SUB_BITS - 1) * SUB_COUNT;

    private Buckets() {}

    /// Returns the bucket of a value; negative ones count as zero.
    ///
    /// @param value the value
    /// @return its bucket, from 0 to [#COUNT] - 1
    public static int indexOf(long value) {
        if (value < EXACT) {
            return (int) Math.max(0, value);
        }
        long v = Math.min(value, LARGEST);
        int octave = 63 - Long.numberOfLeadingZeros(v);
        int sub = (int) (v >>> (octave - SUB_BITS)) & (SUB_COUNT - 1);
        return EXACT + (octave - SUB_BITS - 1) * SUB_COUNT + sub;
    }

    /// Returns the largest value a bucket holds.
    ///
    /// @param index the bucket
    /// @return its largest value
    public static long highest(int index) {
        if (index < EXACT) {
            return index;
        }
        int octave = (index - EXACT) / SUB_COUNT + SUB_BITS + 1;
        int sub = (index - EXACT) % SUB_COUNT;
        return ((SUB_COUNT + sub + 1L) << (octave - SUB_BITS)) - 1;
    }
}
