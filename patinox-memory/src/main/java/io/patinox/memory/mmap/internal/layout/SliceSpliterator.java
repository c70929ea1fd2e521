package io.patinox.memory.mmap.internal.layout;

import io.patinox.memory.error.Options;
import java.util.Spliterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Traverses a slice, splitting in halves.
///
/// Parts of it may be traversed by other threads than that of the body, and a fault is thrown in
/// the thread that met it: so each traversal ends with a [Fence], which lets nobody go on with what
/// it computed from memory that was not there.
///
/// @param <T> the type of the elements
final class SliceSpliterator<T> implements Spliterator<T> {
    private final BaseSlice<T> slice;
    private long next;
    private final long end;

    SliceSpliterator(BaseSlice<T> slice, long from, long to) {
        this.slice = slice;
        this.next = from;
        this.end = to;
    }

    @Override
    public boolean tryAdvance(Consumer<? super T> action) {
        Options.required("action", action);
        if (next >= end) {
            return false;
        }
        T element = slice.get(next);
        next++;
        action.accept(element);
        Fence.fence();
        return true;
    }

    @Override
    public void forEachRemaining(Consumer<? super T> action) {
        Options.required("action", action);
        long from = next;
        next = end;
        if (from < end) {
            slice.each(from, end, action);
            Fence.fence();
        }
    }

    @Override
    public @Nullable Spliterator<T> trySplit() {
        long middle = (next + end) >>> 1;
        if (middle <= next) {
            return null;
        }
        Spliterator<T> first = new SliceSpliterator<>(slice, next, middle);
        next = middle;
        return first;
    }

    @Override
    public long estimateSize() {
        return end - next;
    }

    @Override
    public int characteristics() {
        return ORDERED | SIZED | SUBSIZED | NONNULL;
    }
}
