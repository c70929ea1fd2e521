package io.patinox.memory.mmap.internal.layout;

import java.util.Iterator;
import java.util.NoSuchElementException;

/// What iterators over slices of all types do alike; the class compiled for one adds what reads.
///
/// @param <T> the type of the elements
abstract class BaseWalk<T> implements Iterator<T> {
    /// What is walked over.
    final BaseSlice<T> slice;

    private long next;

    BaseWalk(BaseSlice<T> slice) {
        this.slice = slice;
    }

    /// Makes an iterator of the same class.
    abstract BaseWalk<T> over(BaseSlice<T> other);

    /// Steps over an element, also over one that then turns out not to be readable.
    ///
    /// @return its index
    final long step() {
        if (next >= slice.count) {
            throw new NoSuchElementException("after the last of " + slice.count);
        }
        return next++;
    }

    @Override
    public final boolean hasNext() {
        return next < slice.count;
    }
}
