package io.patinox.memory.error;

import org.jspecify.annotations.Nullable;

/// No more can be mapped: the process has nearly as many mappings as the operating system lets it
/// have, or no address space is left. Told before the limit, as a JVM that reaches it dies.
public final class MappingLimitException extends MappingException {

    private static final long serialVersionUID = 1L;

    /// The file, as it was given.
    private final String file;

    /// How many mappings there are.
    private final long mappings;

    /// How many there may be.
    private final long limit;

    /// Creates the exception.
    ///
    /// @param file the file, as it was given
    /// @param mappings how many mappings there are
    /// @param limit how many there may be
    /// @param cause what the operating system said, or null
    public MappingLimitException(
            String file, long mappings, long limit, @Nullable Throwable cause) {
        super(
                MemoryErrorCode.MAPPING_LIMIT,
                "can't map %s: there are %d mappings, and %d are allowed"
                        .formatted(file, mappings, limit),
                cause);
        this.file = file;
        this.mappings = mappings;
        this.limit = limit;
    }

    /// Returns the file, as it was given.
    ///
    /// @return the file, as it was given
    public String file() {
        return file;
    }

    /// Returns how many mappings there are.
    ///
    /// @return how many mappings there are
    public long mappings() {
        return mappings;
    }

    /// Returns how many there may be.
    ///
    /// @return how many there may be
    public long limit() {
        return limit;
    }
}
