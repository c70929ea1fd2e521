package io.patinox.memory.mmap.internal.layout;

import io.patinox.memory.error.MappingValueException;
import io.patinox.memory.mmap.MappedColumn;
import io.patinox.memory.mmap.MutableLongColumn;

/// What columns of whole numbers that can be written do alike.
///
/// An atomic operation reads its place first. In code that is not compiled, an atomic operation on
/// memory without a file behind it ends the JVM, and a read doesn't: it throws the fault.
abstract class MutableLongValues extends LongValues implements MutableLongColumn {
    private final BaseMutableSlice<?> owner;

    MutableLongValues(BaseMutableSlice<?> slice, MappedColumn column) {
        super(slice, column);
        this.owner = slice;
    }

    /// Notes a write of a number.
    final void mark(long offset) {
        owner.mark(offset, column.byteSize());
    }

    /// Returns what is thrown for a number that the column is too narrow for.
    final MappingValueException tooWide(long index, long value) {
        return new MappingValueException(
                body.file(),
                column.path(),
                index,
                value + " does not fit into " + column.kind().code(),
                null);
    }

    private int narrow(long index, long value) {
        if ((int) value != value) {
            throw tooWide(index, value);
        }
        return (int) value;
    }

    private long writing(long index) {
        long offset = atomicOffset(index);
        mark(offset);
        return offset;
    }

    private long touching(long index) {
        long offset = writing(index);
        long _ = atomicGet(offset);
        return offset;
    }

    @Override
    public final void setVolatile(long index, long value) {
        long offset = writing(index);
        if (wide) {
            if (big) {
                BigEndian.ATOMIC_LONG.setVolatile(data, offset, value);
            } else {
                LittleEndian.ATOMIC_LONG.setVolatile(data, offset, value);
            }
        } else if (big) {
            BigEndian.ATOMIC_INT.setVolatile(data, offset, narrow(index, value));
        } else {
            LittleEndian.ATOMIC_INT.setVolatile(data, offset, narrow(index, value));
        }
    }

    @Override
    public final void setRelease(long index, long value) {
        long offset = writing(index);
        if (wide) {
            if (big) {
                BigEndian.ATOMIC_LONG.setRelease(data, offset, value);
            } else {
                LittleEndian.ATOMIC_LONG.setRelease(data, offset, value);
            }
        } else if (big) {
            BigEndian.ATOMIC_INT.setRelease(data, offset, narrow(index, value));
        } else {
            LittleEndian.ATOMIC_INT.setRelease(data, offset, narrow(index, value));
        }
    }

    @Override
    public final long getAndAdd(long index, long delta) {
        long offset = touching(index);
        if (wide) {
            return big
                    ? (long) BigEndian.ATOMIC_LONG.getAndAdd(data, offset, delta)
                    : (long) LittleEndian.ATOMIC_LONG.getAndAdd(data, offset, delta);
        }
        int narrow = narrow(index, delta);
        return Solid.of(
                big
                        ? (int) BigEndian.ATOMIC_INT.getAndAdd(data, offset, narrow)
                        : (int) LittleEndian.ATOMIC_INT.getAndAdd(data, offset, narrow));
    }

    @Override
    public final boolean compareAndSet(long index, long expected, long value) {
        long offset = touching(index);
        if (wide) {
            return big
                    ? BigEndian.ATOMIC_LONG.compareAndSet(data, offset, expected, value)
                    : LittleEndian.ATOMIC_LONG.compareAndSet(data, offset, expected, value);
        }
        int narrow = narrow(index, value);
        if ((int) expected != expected) {
            return false;
        }
        return big
                ? BigEndian.ATOMIC_INT.compareAndSet(data, offset, (int) expected, narrow)
                : LittleEndian.ATOMIC_INT.compareAndSet(data, offset, (int) expected, narrow);
    }
}
