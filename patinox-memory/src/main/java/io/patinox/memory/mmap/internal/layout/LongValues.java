package io.patinox.memory.mmap.internal.layout;

import io.patinox.memory.error.MappingLayoutException;
import io.patinox.memory.error.Options;
import io.patinox.memory.mmap.ColumnKind;
import io.patinox.memory.mmap.LongColumn;
import io.patinox.memory.mmap.MappedColumn;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Objects;

/// What columns of whole numbers do alike; the class compiled for one adds what touches numbers.
abstract class LongValues implements LongColumn {
    /// The slice that it belongs to.
    final BaseSlice<?> slice;

    /// Where the numbers stand.
    final MappedColumn column;

    /// The elements of the slice.
    final MemorySegment data;

    /// How many there are.
    final long count;

    /// How long it may be used.
    final Body body;

    /// Whether numbers are longs rather than ints. Only these two are used atomically.
    final boolean wide;

    /// Whether the file is big-endian.
    final boolean big;

    private final boolean atomic;

    LongValues(BaseSlice<?> slice, MappedColumn column) {
        this.slice = slice;
        this.column = column;
        this.data = slice.data;
        this.count = slice.count;
        this.body = slice.body;
        this.wide = column.kind() == ColumnKind.LONG;
        this.big = slice.shape.layout().order() == ByteOrder.BIG_ENDIAN;
        this.atomic =
                slice.shape.refusal(column) == null && data.maxByteAlignment() >= column.byteSize();
    }

    /// Reads numbers into an array.
    abstract int read(long[] target);

    @Override
    public final long count() {
        body.check();
        return count;
    }

    @Override
    public final int copyTo(long[] target) {
        return read(Options.required("target", target));
    }

    @Override
    public final long getVolatile(long index) {
        return atomicGet(atomicOffset(index));
    }

    @Override
    public final long binarySearch(long key) {
        long low = 0;
        long high = count - 1;
        body.check();
        while (low <= high) {
            long middle = (low + high) >>> 1;
            long value = get(middle);
            if (value < key) {
                low = middle + 1;
            } else if (value > key) {
                high = middle - 1;
            } else {
                return middle;
            }
        }
        return -low - 1;
    }

    /// Checks that a number may be used atomically.
    ///
    /// @return where it stands
    final long atomicOffset(long index) {
        body.check();
        if (!atomic) {
            throw refusal();
        }
        return offset(index);
    }

    private MappingLayoutException refusal() {
        MappingLayoutException refusal = slice.shape.refusal(column);
        return refusal == null ? slice.shape.misaligned(column) : refusal;
    }

    /// Returns where a number stands.
    final long offset(long index) {
        Objects.checkIndex(index, count);
        return index * slice.shape.layout().strideBytes() + column.offset();
    }

    final long atomicGet(long offset) {
        if (wide) {
            return big
                    ? (long) BigEndian.ATOMIC_LONG.getVolatile(data, offset)
                    : (long) LittleEndian.ATOMIC_LONG.getVolatile(data, offset);
        }
        return Solid.of(
                big
                        ? (int) BigEndian.ATOMIC_INT.getVolatile(data, offset)
                        : (int) LittleEndian.ATOMIC_INT.getVolatile(data, offset));
    }
}
