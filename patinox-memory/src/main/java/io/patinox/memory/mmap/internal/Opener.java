package io.patinox.memory.mmap.internal;

import io.patinox.memory.mmap.MappedFile;
import io.patinox.memory.mmap.MutableMappedFile;
import io.patinox.memory.mmap.WritableMappedFile;
import java.lang.invoke.MethodHandles.Lookup;
import org.jspecify.annotations.Nullable;

/// Opens and creates files.
public final class Opener {
    private Opener() {}

    /// Opens to read.
    ///
    /// @param <T> the type
    /// @param settings the options
    /// @param type the type
    /// @param lookup what reaches it
    /// @return the file
    public static <T> MappedFile<T> readOnly(
            MappingSettings settings, Class<T> type, @Nullable Lookup lookup) {
        throw new UnsupportedOperationException();
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
        throw new UnsupportedOperationException();
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
        throw new UnsupportedOperationException();
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
        throw new UnsupportedOperationException();
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
        throw new UnsupportedOperationException();
    }
}
