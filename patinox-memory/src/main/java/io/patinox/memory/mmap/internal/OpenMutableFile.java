package io.patinox.memory.mmap.internal;

import io.patinox.memory.error.Options;
import io.patinox.memory.mmap.MappedSlice;
import io.patinox.memory.mmap.MutableMappedFile;
import io.patinox.memory.mmap.MutableMappedSlice;
import io.patinox.memory.mmap.internal.layout.SliceFactory;
import java.util.Collection;

/// What the user holds of a file that is written and changes its size.
final class OpenMutableFile<T> extends OpenWritableFile<T> implements MutableMappedFile<T> {
    private final MutableCore<T> core;

    OpenMutableFile(
            MutableCore<T> core,
            SliceFactory<T, MappedSlice<T>> readers,
            SliceFactory<T, MutableMappedSlice<T>> writers,
            boolean records) {
        super(core, readers, writers, records);
        this.core = core;
    }

    @Override
    void beforeWrite() {
        core.markDirty();
    }

    @Override
    public long append(T value) {
        return core.append(Options.required("value", value));
    }

    @Override
    public long appendAll(Collection<? extends T> values) {
        return core.appendAll(Options.required("values", values));
    }

    @Override
    public void resize(long count) {
        core.resize(count);
    }

    @Override
    public void reserve(long capacity) {
        core.reserve(capacity);
    }

    @Override
    public void force() {
        core.force();
    }

    @Override
    public void force(long from, long count) {
        core.force(from, count);
    }
}
