package io.patinox.memory.mmap.internal.layout;

import io.patinox.memory.mmap.MappedColumn;
import io.patinox.memory.mmap.MutableDoubleColumn;

/// What columns of numbers with fractions that can be written do alike.
abstract class MutableDoubleValues extends DoubleValues implements MutableDoubleColumn {
    private final BaseMutableSlice<?> owner;

    MutableDoubleValues(BaseMutableSlice<?> slice, MappedColumn column) {
        super(slice, column);
        this.owner = slice;
    }

    /// Notes a write of a number.
    final void mark(long offset) {
        owner.mark(offset, column.byteSize());
    }
}
