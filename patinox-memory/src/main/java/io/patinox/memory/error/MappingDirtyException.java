package io.patinox.memory.error;

/// The last writer of a file did not close it: it crashed, or is still at work.
public final class MappingDirtyException extends MappingException {

    private static final long serialVersionUID = 1L;

    /// The file, as it was given.
    private final String file;

    /// Creates the exception.
    ///
    /// @param file the file, as it was given
    public MappingDirtyException(String file) {
        super(
                MemoryErrorCode.MAPPING_DIRTY,
                "%s was not closed by its last writer, which crashed or is still at work"
                        .formatted(file),
                null);
        this.file = file;
    }

    /// Returns the file, as it was given.
    ///
    /// @return the file, as it was given
    public String file() {
        return file;
    }
}
