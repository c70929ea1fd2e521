package io.patinox.memory.error;

/// A thread was interrupted while it waited for a mapped file. The interrupt flag is set.
public final class MappingInterruptedException extends MappingException {

    private static final long serialVersionUID = 1L;

    /// The file, as it was given.
    private final String file;

    /// What it waited for.
    private final String during;

    /// Creates the exception.
    ///
    /// @param file the file, as it was given
    /// @param during what it waited for
    /// @param cause the interruption
    public MappingInterruptedException(String file, String during, InterruptedException cause) {
        super(
                MemoryErrorCode.MAPPING_INTERRUPTED,
                "interrupted while waiting for %s of %s".formatted(during, file),
                cause);
        this.file = file;
        this.during = during;
    }

    /// Returns the file, as it was given.
    ///
    /// @return the file, as it was given
    public String file() {
        return file;
    }

    /// Returns what it waited for.
    ///
    /// @return what it waited for
    public String during() {
        return during;
    }
}
