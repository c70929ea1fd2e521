package io.patinox.memory.error;

import org.jspecify.annotations.Nullable;

/// A file is no snapshot that a cache can read: it is cut off, damaged, or was written by another
/// version or for other types of keys and values. Nothing of it was put into the cache, unless the
/// good parts were asked for.
public final class CacheSnapshotException extends CacheException {

    private static final long serialVersionUID = 1L;

    /// The file.
    private final String file;

    /// Where in the file it was noticed.
    private final long offset;

    /// Creates the exception.
    ///
    /// @param cache the name of the cache
    /// @param file the file
    /// @param offset where in the file it was noticed, in bytes from its start
    /// @param what what was found and what was expected
    /// @param cause what a codec threw, or null
    public CacheSnapshotException(
            String cache, String file, long offset, String what, @Nullable Throwable cause) {
        super(
                MemoryErrorCode.CACHE_SNAPSHOT_INVALID,
                cache,
                "cache '%s' can't read snapshot %s, byte %d: %s"
                        .formatted(cache, file, offset, what),
                cause);
        this.file = file;
        this.offset = offset;
    }

    /// Returns the file.
    ///
    /// @return its path
    public String file() {
        return file;
    }

    /// Returns where in the file it was noticed.
    ///
    /// @return bytes from the start of the file
    public long offset() {
        return offset;
    }
}
