package io.patinox.memory.mmap.internal.layout;

import io.patinox.memory.error.Options;
import io.patinox.memory.mmap.DoubleColumn;
import io.patinox.memory.mmap.MappedColumn;
import java.lang.foreign.MemorySegment;

/// What columns of numbers with fractions do alike; the class compiled for one adds what touches
/// numbers.
abstract class DoubleValues implements DoubleColumn {
    /// Where the numbers stand.
    final MappedColumn column;

    /// The elements of the slice.
    final MemorySegment data;

    /// How many there are.
    final long count;

    /// How long it may be used.
    final Body body;

    DoubleValues(BaseSlice<?> slice, MappedColumn column) {
        this.column = column;
        this.data = slice.data;
        this.count = slice.count;
        this.body = slice.body;
    }

    /// Reads numbers into an array.
    abstract int read(double[] target);

    @Override
    public final long count() {
        body.check();
        return count;
    }

    @Override
    public final int copyTo(double[] target) {
        return read(Options.required("target", target));
    }

    @Override
    public final long binarySearch(double key) {
        long low = 0;
        long high = count - 1;
        body.check();
        while (low <= high) {
            long middle = (low + high) >>> 1;
            int order = Double.compare(get(middle), key);
            if (order < 0) {
                low = middle + 1;
            } else if (order > 0) {
                high = middle - 1;
            } else {
                return middle;
            }
        }
        return -low - 1;
    }

    /// Returns the lesser in the order of [Double#compare], in which no number is the greatest.
    static double lesser(double one, double other) {
        return Double.compare(other, one) < 0 ? other : one;
    }

    /// Returns the greater in the order of [Double#compare].
    static double greater(double one, double other) {
        return Double.compare(other, one) > 0 ? other : one;
    }
}
