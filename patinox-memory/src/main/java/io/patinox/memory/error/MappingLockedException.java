package io.patinox.memory.error;

import io.patinox.memory.internal.Describe;
import java.time.Duration;

/// Another process, or another mapping of this one, holds the lock of a file.
public final class MappingLockedException extends MappingException {

    private static final long serialVersionUID = 1L;

    /// The file, as it was given.
    private final String file;

    /// The lock that was asked for.
    private final String mode;

    /// How long it was waited for.
    private final Duration waited;

    /// Creates the exception.
    ///
    /// @param file the file, as it was given
    /// @param mode the lock that was asked for
    /// @param waited how long it was waited for
    public MappingLockedException(String file, String mode, Duration waited) {
        super(
                MemoryErrorCode.MAPPING_LOCKED,
                "%s stayed locked by others: no %s lock within %s"
                        .formatted(file, mode, Describe.duration(waited)),
                null);
        this.file = file;
        this.mode = mode;
        this.waited = waited;
    }

    /// Returns the file, as it was given.
    ///
    /// @return the file, as it was given
    public String file() {
        return file;
    }

    /// Returns the lock that was asked for.
    ///
    /// @return the lock that was asked for
    public String mode() {
        return mode;
    }

    /// Returns how long it was waited for.
    ///
    /// @return how long it was waited for
    public Duration waited() {
        return waited;
    }
}
