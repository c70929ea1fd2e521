package io.patinox.memory.error;

import io.patinox.memory.internal.Describe;
import org.jspecify.annotations.Nullable;

/// The file system refused something: the disk is full, the file may not be read or written, or is
/// not there.
public final class MappingStorageException extends MappingException {

    private static final long serialVersionUID = 1L;

    /// The file, as it was given.
    private final String file;

    /// What was tried.
    private final String action;

    /// Creates the exception.
    ///
    /// @param file the file, as it was given
    /// @param action what was tried
    /// @param cause what the file system threw
    public MappingStorageException(String file, String action, @Nullable Throwable cause) {
        super(
                MemoryErrorCode.MAPPING_STORAGE,
                "can't %s %s%s"
                        .formatted(
                                action, file, cause == null ? "" : ": " + Describe.failure(cause)),
                cause);
        this.file = file;
        this.action = action;
    }

    /// Returns the file, as it was given.
    ///
    /// @return the file, as it was given
    public String file() {
        return file;
    }

    /// Returns what was tried.
    ///
    /// @return what was tried
    public String action() {
        return action;
    }
}
