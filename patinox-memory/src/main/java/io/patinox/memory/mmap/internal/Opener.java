package io.patinox.memory.mmap.internal;

import io.patinox.memory.error.MappingDirtyException;
import io.patinox.memory.error.MappingMismatchException;
import io.patinox.memory.error.MappingStorageException;
import io.patinox.memory.error.Options;
import io.patinox.memory.mmap.MappedFile;
import io.patinox.memory.mmap.MappedFileHeader;
import io.patinox.memory.mmap.MappedLayout;
import io.patinox.memory.mmap.MappedSlice;
import io.patinox.memory.mmap.MutableMappedFile;
import io.patinox.memory.mmap.MutableMappedSlice;
import io.patinox.memory.mmap.WhenDirty;
import io.patinox.memory.mmap.WritableMappedFile;
import io.patinox.memory.mmap.internal.layout.RecordLayout;
import io.patinox.memory.mmap.internal.layout.SliceFactory;
import java.io.IOException;
import java.lang.invoke.MethodHandles.Lookup;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Opens and creates files: lock, file, header, layout, mapping, in this order; what was opened is
/// closed again if a later step fails.
public final class Opener {
    private Opener() {}

    /// A file that is open and found good, before it is mapped.
    private record Found<T>(
            RecordLayout<T> type,
            FileAccess file,
            @Nullable LockFile lock,
            FileShape shape,
            long count,
            long capacity,
            boolean clean) {}

    @FunctionalInterface
    private interface Last<T, F> {
        F open(Found<T> found);
    }

    /// Opens to read.
    ///
    /// @param <T> the type
    /// @param settings the options
    /// @param type the type
    /// @param lookup what reaches it
    /// @return the file
    public static <T> MappedFile<T> readOnly(
            MappingSettings settings, Class<T> type, @Nullable Lookup lookup) {
        return existing(
                settings,
                type,
                lookup,
                false,
                found -> {
                    SliceFactory<T, MappedSlice<T>> readers = readers(found);
                    return begin(
                            new OpenFile<>(
                                    core(settings, found, MapMode.READ_ONLY),
                                    readers,
                                    type.isRecord()));
                });
    }

    /// Opens to read and write.
    ///
    /// @param <T> the type
    /// @param settings the options
    /// @param type the type
    /// @param lookup what reaches it
    /// @return the file
    public static <T> MutableMappedFile<T> mutable(
            MappingSettings settings, Class<T> type, @Nullable Lookup lookup) {
        return existing(
                settings,
                type,
                lookup,
                true,
                found -> mutable(settings, found, type.isRecord(), false));
    }

    private static <T> MutableMappedFile<T> mutable(
            MappingSettings settings, Found<T> found, boolean records, boolean created) {
        SliceFactory<T, MappedSlice<T>> readers = readers(found);
        SliceFactory<T, MutableMappedSlice<T>> writers = writers(found);
        MutableCore<T> core =
                new MutableCore<>(
                        settings,
                        found.shape,
                        found.file,
                        found.lock,
                        found.type,
                        found.count,
                        found.capacity,
                        found.clean);
        if (created) {
            core.created();
        }
        return begin(new OpenMutableFile<>(core, readers, writers, records));
    }

    /// Opens a private copy.
    ///
    /// @param <T> the type
    /// @param settings the options
    /// @param type the type
    /// @param lookup what reaches it
    /// @return the file
    public static <T> WritableMappedFile<T> privately(
            MappingSettings settings, Class<T> type, @Nullable Lookup lookup) {
        return existing(
                settings,
                type,
                lookup,
                true, // the JDK asks for it, although nothing is written
                found -> {
                    SliceFactory<T, MappedSlice<T>> readers = readers(found);
                    SliceFactory<T, MutableMappedSlice<T>> writers = writers(found);
                    return begin(
                            new OpenWritableFile<>(
                                    core(settings, found, MapMode.PRIVATE),
                                    readers,
                                    writers,
                                    type.isRecord()));
                });
    }

    private static <T> MappingCore<T> core(MappingSettings settings, Found<T> found, MapMode mode) {
        return new MappingCore<>(
                settings, found.shape, found.file, mode, found.lock, found.count, found.capacity);
    }

    private static <T> SliceFactory<T, MappedSlice<T>> readers(Found<T> found) {
        return found.type.reader(found.file.name(), found.shape.layout());
    }

    private static <T> SliceFactory<T, MutableMappedSlice<T>> writers(Found<T> found) {
        return found.type.writer(found.file.name(), found.shape.layout());
    }

    private static <F extends OpenFile<?>> F begin(F opened) {
        boolean begun = false;
        try {
            opened.register();
            begun = true;
            return opened;
        } finally {
            if (!begun) {
                opened.close();
            }
        }
    }

    private static <T, F> F existing(
            MappingSettings settings,
            Class<T> type,
            @Nullable Lookup lookup,
            boolean write,
            Last<T, F> last) {
        RecordLayout<T> layout = RecordLayout.of(type, settings.order(), lookup);
        Steps steps = new Steps();
        try {
            LockFile lock = steps.lock(settings);
            FileAccess file = steps.file(FileAccess.open(settings.path(), write));
            F opened = last.open(found(settings, layout, file, lock));
            steps.done();
            return opened;
        } finally {
            steps.undo();
        }
    }

    private static <T> Found<T> found(
            MappingSettings settings,
            RecordLayout<T> type,
            FileAccess file,
            @Nullable LockFile lock) {
        if (settings.headerlessFrom() >= 0) {
            MappedLayout layout = type.layout();
            FileShape shape =
                    new FileShape(settings.path(), layout, settings.headerlessFrom(), 0, 0);
            long count = elements(shape, file.size());
            return new Found<>(type, file, lock, shape, count, count, true);
        }
        MappedFileHeader header = FileHeader.read(file);
        if (!header.clean() && settings.whenDirty() == WhenDirty.REFUSE) {
            throw new MappingDirtyException(file.name());
        }
        FileShape shape =
                new FileShape(
                        settings.path(),
                        header.layout(),
                        0,
                        header.headerBytes(),
                        header.blockBytes());
        return new Found<>(
                type, file, lock, shape, header.count(), header.capacity(), header.clean());
    }

    /// Returns how many elements a file without a header has.
    static long elements(FileShape shape, long fileBytes) {
        long bytes = fileBytes - shape.mapFrom();
        int stride = shape.layout().strideBytes();
        if (bytes < 0 || bytes % stride != 0) {
            throw new MappingMismatchException(
                    shape.path().toString(),
                    "size",
                    "%d bytes and a multiple of %d".formatted(shape.mapFrom(), stride),
                    fileBytes + " bytes");
        }
        return bytes / stride;
    }

    /// Creates a file.
    ///
    /// @param <T> the type
    /// @param settings the options
    /// @param type the type
    /// @param lookup what reaches it
    /// @param count how many elements it has
    /// @return the file
    public static <T> MutableMappedFile<T> create(
            MappingSettings settings, Class<T> type, @Nullable Lookup lookup, long count) {
        RecordLayout<T> layout = RecordLayout.of(type, settings.order(), lookup);
        FileShape shape = shape(settings, layout.layout());
        long bytes = shape.fileBytes(shape.require("count", count));
        Steps steps = new Steps();
        try {
            LockFile lock = steps.lock(settings);
            FileAccess file = steps.created(FileAccess.create(settings.path()));
            // a header without elements first: whoever finds the file unfinished finds it empty
            if (!shape.headerless()) {
                file.write(FileHeader.write(shape.layout(), shape.blockBytes()), 0);
            }
            Room.take(file, bytes, settings.sparse());
            Found<T> found = new Found<>(layout, file, lock, shape, count, count, true);
            MutableMappedFile<T> opened = mutable(settings, found, type.isRecord(), true);
            if (settings.forceOnClose()) {
                Directory.force(settings.path());
            }
            steps.done();
            return opened;
        } finally {
            steps.undo();
        }
    }

    private static FileShape shape(MappingSettings settings, MappedLayout layout) {
        return settings.headerlessFrom() >= 0
                ? new FileShape(settings.path(), layout, settings.headerlessFrom(), 0, 0)
                : new FileShape(
                        settings.path(),
                        layout,
                        0,
                        FileHeader.bytes(layout),
                        settings.blockBytes());
    }

    /// Opens or creates a file.
    ///
    /// @param <T> the type
    /// @param settings the options
    /// @param type the type
    /// @param lookup what reaches it
    /// @param count how many elements a new one has
    /// @return the file
    public static <T> MutableMappedFile<T> openOrCreate(
            MappingSettings settings, Class<T> type, @Nullable Lookup lookup, long count) {
        Options.inRange("count", count, 0, Long.MAX_VALUE);
        if (Files.exists(settings.path())) {
            return mutable(settings, type, lookup);
        }
        try {
            return create(settings, type, lookup, count);
        } catch (MappingStorageException e) {
            // somebody else was first
            if (e.getCause() instanceof java.nio.file.FileAlreadyExistsException) {
                return mutable(settings, type, lookup);
            }
            throw e;
        }
    }

    /// What has to be undone if opening fails.
    private static final class Steps {
        private @Nullable LockFile lock;
        private @Nullable FileAccess file;
        private @Nullable Path created;

        @Nullable LockFile lock(MappingSettings settings) {
            lock =
                    LockFile.acquire(
                            settings.path(),
                            settings.locking(),
                            settings.lockTimeout(),
                            settings.ticker());
            return lock;
        }

        FileAccess file(FileAccess opened) {
            file = opened;
            return opened;
        }

        FileAccess created(FileAccess opened) {
            created = opened.path();
            return file(opened);
        }

        void done() {
            lock = null;
            file = null;
            created = null;
        }

        void undo() {
            if (file != null) {
                file.close();
            }
            try {
                if (created != null) {
                    Files.deleteIfExists(created);
                }
            } catch (IOException e) {
                throw new MappingStorageException(String.valueOf(created), "delete", e);
            } finally {
                if (lock != null) {
                    lock.close();
                }
            }
        }
    }
}
