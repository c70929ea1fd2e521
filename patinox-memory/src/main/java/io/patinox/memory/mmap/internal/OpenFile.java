package io.patinox.memory.mmap.internal;

import io.patinox.memory.error.CleanupFailedException;
import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.error.MappingException;
import io.patinox.memory.error.Options;
import io.patinox.memory.mmap.AccessAdvice;
import io.patinox.memory.mmap.MappedBody;
import io.patinox.memory.mmap.MappedFile;
import io.patinox.memory.mmap.MappedLayout;
import io.patinox.memory.mmap.MappedSlice;
import io.patinox.memory.mmap.internal.layout.SliceFactory;
import io.patinox.memory.monitor.Health;
import io.patinox.memory.monitor.MetricsSnapshot;
import io.patinox.memory.resource.AsyncResourceGuard;
import io.patinox.memory.resource.CheckedFunction;
import io.patinox.memory.resource.ResourceRegistry;
import java.lang.foreign.MemorySegment;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the user holds of a mapped file. The guard of a registry is reachable from here only, so a
/// file that was lost is noticed.
class OpenFile<T> implements MappedFile<T> {
    private final MappingCore<T> core;
    private final SliceFactory<T, MappedSlice<T>> readers;
    private final boolean records;
    private @Nullable AsyncResourceGuard<MappingCore<T>> guard;

    OpenFile(MappingCore<T> core, SliceFactory<T, MappedSlice<T>> readers, boolean records) {
        this.core = core;
        this.readers = readers;
        this.records = records;
    }

    /// Tells registry, group and monitor of the file.
    final void register() {
        core.register();
        ResourceRegistry registry = core.settings.registry();
        if (registry == null) {
            return;
        }
        AsyncResourceGuard<MappingCore<T>> held =
                registry.request("mapped-file", () -> core, MappingCore::close)
                        .name(core.name())
                        .sizeBytes(core.region.whole.byteSize())
                        .acquire();
        guard = held;
        WeakReference<AsyncResourceGuard<MappingCore<T>>> known = new WeakReference<>(held);
        core.whenEnded(() -> forget(known));
    }

    // a file that its group has closed is not the registry's any more; one that the registry closes
    // is being cleaned up, and this does nothing then
    private static <C> void forget(WeakReference<AsyncResourceGuard<C>> known) {
        AsyncResourceGuard<C> held = known.get();
        if (held != null && held.isOpen()) {
            var _ = held.detach();
        }
    }

    @Override
    public final <R extends @Nullable Object, X extends Exception> R read(
            CheckedFunction<? super MappedSlice<T>, ? extends R, X> body) throws X {
        Options.required("body", body);
        return core.body(readers, false, body);
    }

    @Override
    public final <X extends Exception> void visit(MappedBody<? super MappedSlice<T>, X> body)
            throws X {
        Options.required("body", body);
        core.<MappedSlice<T>, Boolean, X>body(
                readers,
                false,
                slice -> {
                    body.accept(slice);
                    return true;
                });
    }

    @Override
    public final T get(long index) {
        if (!records) {
            throw new InvalidOptionException(
                    "type",
                    "an interface",
                    "a record for get(index)",
                    "use read(slice -> ...), as a view would end with this call");
        }
        return core.<MappedSlice<T>, T, RuntimeException>body(
                readers, false, slice -> slice.get(index));
    }

    @Override
    public final long count() {
        return core.count;
    }

    @Override
    public final long capacity() {
        return core.region.capacity;
    }

    @Override
    public final long refresh() {
        return core.refresh();
    }

    @Override
    public final void check() {
        core.check();
    }

    @Override
    public final void preload() {
        Region used = core.enter();
        try {
            core.preload(used, used.whole);
        } finally {
            core.leave(used);
        }
    }

    @Override
    public final void preload(long from, long count) {
        Region used = core.enter();
        try {
            core.preload(used, range(used, from, count));
        } finally {
            core.leave(used);
        }
    }

    private MemorySegment range(Region used, long from, long count) {
        Objects.checkFromIndexSize(from, count, Math.min(core.count, used.capacity));
        int stride = core.shape.layout().strideBytes();
        return used.data.asSlice(from * stride, count * stride);
    }

    @Override
    public final boolean advise(AccessAdvice advice, long from, long count) {
        Options.required("advice", advice);
        Region used = core.enter();
        try {
            MemorySegment range = range(used, from, count);
            return core.settings.nativeAccess() && NativeAdvice.advise(range, advice);
        } finally {
            core.leave(used);
        }
    }

    @Override
    public final MappedLayout layout() {
        return core.shape.layout();
    }

    @Override
    public final Path path() {
        return core.shape.path();
    }

    @Override
    public final boolean isClosed() {
        return core.isClosed();
    }

    @Override
    public final void close() {
        var _ = close(core.settings.closeTimeout());
    }

    @Override
    public final boolean close(Duration timeout) {
        Options.inRange("timeout", timeout, Duration.ZERO, Duration.ofDays(365));
        core.requireOwner();
        AsyncResourceGuard<MappingCore<T>> held = guard;
        if (held != null) {
            core.closeTimeout(timeout);
            try {
                held.close();
            } catch (CleanupFailedException e) {
                throw e.getCause() instanceof MappingException told ? told : e;
            }
        }
        return core.close(timeout);
    }

    @Override
    public final String name() {
        return core.name();
    }

    @Override
    public final String component() {
        return core.component();
    }

    @Override
    public final MetricsSnapshot metrics() {
        return core.metrics();
    }

    @Override
    public final Health health() {
        return core.health();
    }

    @Override
    public final String toString() {
        return core.toString();
    }
}
