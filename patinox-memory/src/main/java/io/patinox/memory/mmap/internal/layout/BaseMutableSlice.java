package io.patinox.memory.mmap.internal.layout;

import io.patinox.memory.error.Options;
import io.patinox.memory.mmap.MutableDoubleColumn;
import io.patinox.memory.mmap.MutableLongColumn;
import io.patinox.memory.mmap.MutableMappedSlice;
import java.lang.foreign.MemorySegment;

/// What compiled mutable slices of all types do alike.
///
/// @param <T> the type of the elements
abstract class BaseMutableSlice<T> extends BaseSlice<T> implements MutableMappedSlice<T> {
    private static final int PIECE = 64 * 1024;

    BaseMutableSlice(SliceShape shape, MemorySegment data, long count, Body body, long base) {
        super(shape, data, count, body, base);
    }

    /// Writes elements from an array.
    abstract int write(Object[] source);

    /// Notes a write.
    ///
    /// @param offset the first byte, from the first element of this slice on
    /// @param bytes how many
    final void mark(long offset, long bytes) {
        BlockMarks notes = marks;
        if (notes != null && bytes > 0) {
            notes.mark(base + offset, bytes);
        }
    }

    /// Copies the first element to all others: what was copied is copied in turn, in pieces that
    /// stay in a cache.
    @Override
    public final void fill(T value) {
        Options.required("value", value);
        body.check();
        if (count == 0) {
            return;
        }
        set(0, value);
        long bytes = data.byteSize();
        mark(0, bytes);
        long stride = shape.layout().strideBytes();
        long most = Math.max(1, PIECE / stride) * stride;
        for (long done = stride; done < bytes; ) {
            long length = Math.min(Math.min(done, most), bytes - done);
            MemorySegment.copy(data, 0, data, done, length);
            done += length;
        }
    }

    @Override
    public final int copyFrom(T[] source) {
        Options.required("source", source);
        body.check();
        return write(source);
    }

    @Override
    public final MutableMappedSlice<T> slice(long from, long elements) {
        return (BaseMutableSlice<T>) part(from, elements);
    }

    @Override
    public final MutableLongColumn longColumn(String column) {
        body.check();
        return (MutableLongColumn)
                shape.columns().longs(this, shape.whole(Options.required("column", column)));
    }

    @Override
    public final MutableDoubleColumn doubleColumn(String column) {
        body.check();
        return (MutableDoubleColumn)
                shape.columns().doubles(this, shape.fractions(Options.required("column", column)));
    }
}
