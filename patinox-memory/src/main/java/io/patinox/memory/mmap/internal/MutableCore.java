package io.patinox.memory.mmap.internal;

import io.patinox.memory.error.MappingInterruptedException;
import io.patinox.memory.error.MappingReentrantException;
import io.patinox.memory.error.Options;
import io.patinox.memory.mmap.internal.layout.BlockMarks;
import io.patinox.memory.mmap.internal.layout.RecordLayout;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel.MapMode;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/// A mapped file that is written, and made longer and shorter.
///
/// @param <T> the type of the elements
final class MutableCore<T> extends MappingCore<T> {

    /*
     * Three sizes: `count` elements are published; the current region has room for its capacity;
     * the file has room for `fileCapacity`, which is also what its header says. Growth extends
     * the file first, then says so in the header, then maps; so the header never promises more
     * than there is. Shrinking publishes fewer, maps less, and leaves the file as it is until no
     * region but the current one is left: only then are the header's capacity lowered and the
     * file cut, as somebody may be in the tail until then. If it grows again before, the room is
     * still there.
     *
     * An element is encoded before `change` is taken, as that runs code of the user.
     */

    // a file that is appended to grows by half, by a gibibyte at most, and by some pages at least
    private static final long LEAST_STEP_BYTES = 1 << 16;
    private static final long LARGEST_STEP_BYTES = 1L << 30;
    private static final long FORCE_BYTES = 1L << 30;
    private static final long LEAST_WAIT_NANOS = 30_000_000_000L;

    private final RecordLayout<T> encoder;
    private final int stride;
    private long fileCapacity;
    private volatile boolean dirty;

    // opened dirty: nobody knows which blocks were written to
    private boolean unsealed;

    MutableCore(
            MappingSettings settings,
            FileShape shape,
            FileAccess file,
            @Nullable AutoCloseable lock,
            RecordLayout<T> encoder,
            long count,
            long capacity,
            boolean clean) {
        super(settings, shape, file, MapMode.READ_WRITE, lock, count, capacity);
        this.encoder = encoder;
        this.stride = shape.layout().strideBytes();
        this.fileCapacity = capacity;
        this.dirty = !clean;
        this.unsealed = !clean && shape.blockBytes() > 0;
    }

    /// Says in a new file how many elements it has.
    void created() {
        if (shape.blockBytes() > 0) {
            BlockTable.rewrite(file, shape.header(count, fileCapacity, true));
        }
        if (!shape.headerless()) {
            update(region, count, fileCapacity, true);
        }
    }

    /// Notes in the file, once, that it is written to: before anything is.
    void markDirty() {
        if (!dirty) {
            change.lock();
            try {
                markDirtyLocked();
            } finally {
                change.unlock();
            }
        }
    }

    private void markDirtyLocked() {
        requireOpen();
        if (dirty) {
            return;
        }
        if (!shape.headerless()) {
            Region now = region;
            update(now, count, fileCapacity, false);
            if (settings.forceOnClose()) {
                guarded(now, () -> now.header().force());
            }
        }
        dirty = true;
    }

    private void update(Region used, long elements, long capacity, boolean clean) {
        guarded(used, () -> FileHeader.update(used.header(), elements, capacity, clean));
    }

    private void publish(Region used, long elements) {
        if (!shape.headerless()) {
            guarded(used, () -> FileHeader.publish(used.header(), elements, fileCapacity));
        }
        count = elements;
    }

    // ---- size

    long append(T value) {
        requireOutside("append");
        byte[] bytes = new byte[stride];
        encoder.encode(fileName(), MemorySegment.ofArray(bytes), value);
        return appendBytes(bytes, 1);
    }

    long appendAll(Collection<? extends T> values) {
        requireOutside("appendAll");
        Object[] all = values.toArray();
        int most = (Integer.MAX_VALUE - 8) / stride;
        Options.consistent(
                all.length <= most,
                "values",
                all.length,
                "at most " + most + " elements",
                "append them in portions");
        byte[] bytes = new byte[all.length * stride];
        for (int i = 0; i < all.length; i++) {
            @SuppressWarnings("unchecked") // it came out of the collection
            T value = (T) all[i];
            MemorySegment place = MemorySegment.ofArray(bytes).asSlice((long) i * stride, stride);
            encoder.encode(fileName(), place, value);
        }
        return appendBytes(bytes, all.length);
    }

    private long appendBytes(byte[] bytes, int elements) {
        change.lock();
        try {
            markDirtyLocked();
            long at = count;
            if (elements > 0) {
                Region room = roomFor(at + elements, true);
                guarded(room, () -> copy(bytes, room, at * stride));
                checkLength(room);
                publish(room, at + elements);
                reports.appended.addAndGet(elements);
            }
            return at;
        } finally {
            change.unlock();
        }
    }

    private static void copy(byte[] bytes, Region room, long offset) {
        mark(room, offset, bytes.length);
        MemorySegment.copy(MemorySegment.ofArray(bytes), 0, room.data, offset, bytes.length);
    }

    private static void mark(Region room, long offset, long length) {
        BlockMarks marks = room.marks;
        if (marks != null && length > 0) {
            marks.mark(offset, length);
        }
    }

    void resize(long elements) {
        shape.require("count", elements);
        requireOutside("resize");
        change.lock();
        try {
            markDirtyLocked();
            long before = count;
            if (elements > before) {
                long used = fileCapacity;
                Region room = roomFor(elements, false);
                // what the file is extended by is zero already
                long to = Math.min(elements, used) * stride;
                long from = before * stride;
                if (to > from) {
                    guarded(room, () -> zero(room, from, to));
                }
                publish(room, elements);
            } else if (elements < before) {
                publish(region, elements);
                shrink(elements);
            }
        } finally {
            change.unlock();
        }
    }

    private static void zero(Region room, long from, long to) {
        mark(room, from, to - from);
        room.data.asSlice(from, to - from).fill((byte) 0);
    }

    void reserve(long capacity) {
        shape.require("capacity", capacity);
        requireOutside("reserve");
        change.lock();
        try {
            if (capacity > region.capacity) {
                markDirtyLocked();
                if (!shape.headerless()) {
                    roomFor(capacity, false);
                }
            }
        } finally {
            change.unlock();
        }
    }

    private Region roomFor(long elements, boolean more) {
        Region now = region;
        if (elements <= now.capacity) {
            return now;
        }
        long step =
                Math.clamp(
                        now.capacity / 2,
                        Math.max(1, LEAST_STEP_BYTES / stride),
                        Math.max(1, LARGEST_STEP_BYTES / stride));
        boolean exact = !more || shape.headerless();
        grow(exact ? elements : Math.max(elements, now.capacity + step));
        return region;
    }

    private void grow(long capacity) {
        requireSame();
        ReentrantReadWriteLock sealed = sealAlone("growth");
        try {
            long before = fileCapacity;
            if (capacity > before) {
                // what stands behind, by whatever accident, must not become elements
                long end = shape.fileBytes(before);
                if (file.size() > end) {
                    file.truncate(end);
                }
                Room.take(file, shape.fileBytes(capacity), settings.sparse());
                if (shape.blockBytes() > 0) {
                    BlockTable.rewrite(file, shape.header(count, capacity, false));
                }
                if (!shape.headerless()) {
                    update(region, count, capacity, false);
                }
                fileCapacity = capacity;
            }
            Region old = region;
            replace(capacity);
            if (capacity > before && shape.blockBytes() > 0) {
                clearTable(before);
            } else if (capacity <= before) {
                // nobody noted what was written to the room that comes back
                carry(old.marks, region.marks);
                mark(region, old.data.byteSize(), region.data.byteSize() - old.data.byteSize());
            }
        } finally {
            if (sealed != null) {
                sealed.writeLock().unlock();
            }
        }
    }

    // where the checksums stood there are elements now
    private void clearTable(long before) {
        Region now = region;
        long from = shape.tableAt(before) - shape.headerBytes();
        long to = Math.min(shape.fileBytes(before) - shape.headerBytes(), now.data.byteSize());
        if (to > from) {
            guarded(now, () -> zero(now, from, to));
        }
    }

    private void shrink(long capacity) {
        requireSame();
        ReentrantReadWriteLock sealed = sealAlone("shrinking");
        try {
            BlockMarks old = region.marks;
            replace(capacity);
            carry(old, region.marks);
        } finally {
            if (sealed != null) {
                sealed.writeLock().unlock();
            }
        }
        // nobody may be in the tail: then it is cut at once, and if not, the file is only longer
        attempt("cut", this::cut);
    }

    private static void carry(@Nullable BlockMarks from, @Nullable BlockMarks to) {
        if (from != null && to != null) {
            to.addAll(from);
        }
    }

    /// Cuts the file to what the current region has, if nobody is in another one.
    @Override
    void cut() {
        long capacity = region.capacity;
        if (capacity >= fileCapacity || regions() != 1) {
            return;
        }
        if (shape.blockBytes() > 0) {
            BlockTable.rewrite(file, shape.header(count, capacity, false));
        }
        if (!shape.headerless()) {
            update(region, count, capacity, !dirty);
        }
        fileCapacity = capacity;
        file.truncate(shape.fileBytes(capacity));
    }

    private void requireSame() {
        requireSame(shape.fileBytes(fileCapacity));
    }

    // waits for bodies that write: not for ever, as one of them may wait for this
    private @Nullable ReentrantReadWriteLock sealAlone(String what) {
        ReentrantReadWriteLock sealed = seal;
        if (sealed != null) {
            try {
                long most = Math.max(LEAST_WAIT_NANOS, settings.closeTimeout().toNanos());
                if (!sealed.writeLock().tryLock(most, TimeUnit.NANOSECONDS)) {
                    throw new MappingReentrantException(
                            fileName(), what + ", which waited for a write,");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new MappingInterruptedException(fileName(), "the writes", e);
            }
        }
        return sealed;
    }

    // ---- disk

    void force() {
        requireOutside("force");
        Region used;
        change.lock();
        try {
            requireOpen();
            requireSame();
            used = region;
            renew(used);
            if (!used.users.enter()) {
                throw new AssertionError("a region is retired under this lock");
            }
        } finally {
            change.unlock();
        }
        try {
            guarded(used, () -> force(used.whole, 0, used.whole.byteSize()));
            file.force();
            reports.forced.incrementAndGet();
        } finally {
            leave(used);
        }
    }

    void force(long from, long elements) {
        Region used = enter();
        try {
            Objects.checkFromIndexSize(from, elements, Math.min(count, used.capacity));
            requireSame(shape.mapFrom() + used.whole.byteSize());
            guarded(used, () -> force(used.data, from * stride, elements * stride));
            reports.forced.incrementAndGet();
        } finally {
            leave(used);
        }
    }

    // in pieces, as Windows counts the bytes of a call in 32 bits
    private static void force(MemorySegment memory, long from, long length) {
        for (long at = from; at < from + length; at += FORCE_BYTES) {
            memory.asSlice(at, Math.min(FORCE_BYTES, from + length - at)).force();
        }
    }

    private void renew(Region used) {
        BlockMarks marks = used.marks;
        if (marks == null) {
            return;
        }
        ReentrantReadWriteLock sealed = sealAlone("force");
        try {
            if (unsealed) {
                BlockTable.rewrite(file, shape.header(count, fileCapacity, false));
                unsealed = false;
            }
            BlockTable.renew(file, shape.header(count, fileCapacity, false), marks);
        } finally {
            if (sealed != null) {
                sealed.writeLock().unlock();
            }
        }
    }

    @Override
    void settle(Region last) {
        if (!dirty) {
            return;
        }
        requireSame();
        cut();
        if (last.capacity == fileCapacity) {
            renew(last);
        } else if (shape.blockBytes() > 0) {
            BlockTable.rewrite(file, shape.header(count, fileCapacity, false));
        }
        if (settings.forceOnClose()) {
            guarded(last, () -> force(last.whole, 0, last.whole.byteSize()));
        }
        if (!shape.headerless()) {
            update(last, count, fileCapacity, true);
        }
        if (settings.forceOnClose()) {
            guarded(last, () -> force(last.header(), 0, last.headerBytes));
            file.force();
        }
    }

    @Override
    long refresh() {
        check();
        return count;
    }
}
