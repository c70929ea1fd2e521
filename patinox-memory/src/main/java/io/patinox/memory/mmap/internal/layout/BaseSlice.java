package io.patinox.memory.mmap.internal.layout;

import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.error.MappingMismatchException;
import io.patinox.memory.error.MappingValueException;
import io.patinox.memory.error.Options;
import io.patinox.memory.mmap.DoubleColumn;
import io.patinox.memory.mmap.LongColumn;
import io.patinox.memory.mmap.MappedSlice;
import io.patinox.memory.mmap.MutableMappedSlice;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Iterator;
import java.util.Objects;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// What compiled slices of all types do alike. The class compiled for a type adds what touches
/// elements: one shared loop over elements of many types could not be compiled well.
///
/// @param <T> the type of the elements
abstract class BaseSlice<T> implements MappedSlice<T> {
    private static final int PIECE = 16 * 1024;

    /// What it has in common with others of its class.
    final SliceShape shape;

    /// The elements, and nothing else.
    final MemorySegment data;

    /// How many there are.
    final long count;

    /// How long it may be used.
    final Body body;

    /// How many bytes of the file's elements come before the first of this slice.
    final long base;

    /// What notes writes, or null.
    final @Nullable BlockMarks marks;

    BaseSlice(SliceShape shape, MemorySegment data, long count, Body body, long base) {
        this.shape = shape;
        this.data = data;
        this.count = count;
        this.body = body;
        this.base = base;
        this.marks = body.marks();
    }

    /// Makes a slice of the same class.
    abstract BaseSlice<T> with(MemorySegment part, long elements, Body life, long before);

    /// Calls a function for some elements, in order.
    abstract void each(long from, long to, Consumer<? super T> action);

    /// Reads elements into an array.
    abstract int read(Object[] target);

    /// Makes the first slice over memory.
    final BaseSlice<T> over(MemorySegment memory, long elements, Body life) {
        long bytes = Math.multiplyExact(elements, (long) shape.layout().strideBytes());
        return with(memory.asSlice(0, bytes), elements, life, 0);
    }

    final BaseSlice<T> part(long from, long elements) {
        body.check();
        Objects.checkFromIndexSize(from, elements, count);
        long stride = shape.layout().strideBytes();
        return with(
                data.asSlice(from * stride, elements * stride),
                elements,
                body,
                base + from * stride);
    }

    @Override
    public final long count() {
        body.check();
        return count;
    }

    @Override
    public final void forEach(Consumer<? super T> action) {
        Options.required("action", action);
        body.check();
        each(0, count, action);
    }

    @Override
    public MappedSlice<T> slice(long from, long elements) {
        return part(from, elements);
    }

    @Override
    public final int copyTo(T[] target) {
        Options.required("target", target);
        body.check();
        if (shape.views()) {
            throw new InvalidOptionException(
                    "target",
                    target.getClass().getTypeName(),
                    "an array of records, as views end with the slice",
                    "map a record, or copy what the views say");
        }
        return read(target);
    }

    @Override
    public final void copyTo(MutableMappedSlice<T> target) {
        Options.required("target", target);
        body.check();
        if (!(target instanceof BaseMutableSlice<T> other)) {
            throw new InvalidOptionException(
                    "target", target.getClass().getName(), "a slice of a mapped file", "pass one");
        }
        other.body.check();
        if (!shape.layout().equals(other.shape.layout())) {
            throw new MappingMismatchException(
                    other.body.file(),
                    "layout",
                    shape.layout().text(),
                    other.shape.layout().text());
        }
        Objects.checkFromIndexSize(0, count, other.count);
        other.mark(0, data.byteSize());
        MemorySegment.copy(data, 0, other.data, 0, data.byteSize());
    }

    @Override
    public LongColumn longColumn(String column) {
        body.check();
        return shape.columns().longs(this, shape.whole(Options.required("column", column)));
    }

    @Override
    public DoubleColumn doubleColumn(String column) {
        body.check();
        return shape.columns().doubles(this, shape.fractions(Options.required("column", column)));
    }

    @Override
    public final int checksum() {
        body.check();
        CRC32C crc = new CRC32C();
        long bytes = data.byteSize();
        byte[] piece = new byte[(int) Math.min(PIECE, bytes)];
        for (long at = 0; at < bytes; at += PIECE) {
            int length = (int) Math.min(PIECE, bytes - at);
            MemorySegment.copy(data, ValueLayout.JAVA_BYTE, at, piece, 0, length);
            crc.update(piece, 0, length);
        }
        return (int) crc.getValue();
    }

    @Override
    public final Iterator<T> iterator() {
        body.check();
        return shape.walks().over(this);
    }

    @Override
    public final Spliterator<T> spliterator() {
        body.check();
        return new SliceSpliterator<>(this, 0, count);
    }

    @Override
    public final String toString() {
        return "%s of %d %s".formatted(body.file(), count, shape.type());
    }

    /// Returns what is thrown for a nested record that is null.
    static MappingValueException absent(Body body, String path, long index) {
        return new MappingValueException(body.file(), path, index, "is null", null);
    }

    /// Adds the index of the element to a failure of one of its components.
    static MappingValueException indexed(MappingValueException failure, long index) {
        if (failure.index() >= 0 || index < 0) {
            return failure;
        }
        MappingValueException known =
                new MappingValueException(
                        failure.file(),
                        failure.column(),
                        index,
                        failure.reason(),
                        failure.getCause());
        known.setStackTrace(failure.getStackTrace());
        return known;
    }

    /// Returns a copy of an array: the default of a component that the file doesn't have.
    static Object cloned(Object array) {
        return switch (array) {
            case byte[] it -> it.clone();
            case short[] it -> it.clone();
            case char[] it -> it.clone();
            case int[] it -> it.clone();
            case long[] it -> it.clone();
            case float[] it -> it.clone();
            case double[] it -> it.clone();
            case boolean[] it -> it.clone();
            case Object[] it -> it.clone();
            default -> array;
        };
    }
}
