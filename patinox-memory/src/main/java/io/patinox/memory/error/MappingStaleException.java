package io.patinox.memory.error;

/// What is mapped is not what is at the path any more: the file was deleted, replaced, or cut off.
public final class MappingStaleException extends MappingException {

    private static final long serialVersionUID = 1L;

    /// The file, as it was given.
    private final String file;

    /// What happened to the file.
    private final String what;

    /// Creates the exception.
    ///
    /// @param file the file, as it was given
    /// @param what what happened to the file
    public MappingStaleException(String file, String what) {
        super(
                MemoryErrorCode.MAPPING_STALE,
                "%s %s while it was mapped".formatted(file, what),
                null);
        this.file = file;
        this.what = what;
    }

    /// Returns the file, as it was given.
    ///
    /// @return the file, as it was given
    public String file() {
        return file;
    }

    /// Returns what happened to the file.
    ///
    /// @return what happened to the file
    public String what() {
        return what;
    }
}
