package io.patinox.memory.mmap.internal;

import io.patinox.memory.error.Options;
import io.patinox.memory.mmap.MappedBody;
import io.patinox.memory.mmap.MappedSlice;
import io.patinox.memory.mmap.MutableMappedSlice;
import io.patinox.memory.mmap.WritableMappedFile;
import io.patinox.memory.mmap.internal.layout.SliceFactory;
import io.patinox.memory.resource.CheckedFunction;
import org.jspecify.annotations.Nullable;

/// What the user holds of a file that can be written to, or of a private copy of one.
class OpenWritableFile<T> extends OpenFile<T> implements WritableMappedFile<T> {
    private final MappingCore<T> core;
    private final SliceFactory<T, MutableMappedSlice<T>> writers;

    OpenWritableFile(
            MappingCore<T> core,
            SliceFactory<T, MappedSlice<T>> readers,
            SliceFactory<T, MutableMappedSlice<T>> writers,
            boolean records) {
        super(core, readers, records);
        this.core = core;
        this.writers = writers;
    }

    /// What is done before the file is written to.
    void beforeWrite() {}

    @Override
    public final <X extends Exception> void write(MappedBody<? super MutableMappedSlice<T>, X> body)
            throws X {
        Options.required("body", body);
        beforeWrite();
        core.<MutableMappedSlice<T>, Boolean, X>body(
                writers,
                true,
                slice -> {
                    body.accept(slice);
                    return true;
                });
    }

    @Override
    public final <R extends @Nullable Object, X extends Exception> R compute(
            CheckedFunction<? super MutableMappedSlice<T>, ? extends R, X> body) throws X {
        Options.required("body", body);
        beforeWrite();
        return core.body(writers, true, body);
    }

    @Override
    public final void set(long index, T value) {
        Options.required("value", value);
        this.<RuntimeException>write(slice -> slice.set(index, value));
    }
}
