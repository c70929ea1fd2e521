package io.patinox.memory.error;

/// A body of a mapped file asked the same file for something that would wait for the body.
public final class MappingReentrantException extends MappingException {

    private static final long serialVersionUID = 1L;

    /// The file, as it was given.
    private final String file;

    /// What was asked for.
    private final String what;

    /// Creates the exception.
    ///
    /// @param file the file, as it was given
    /// @param what what was asked for
    public MappingReentrantException(String file, String what) {
        super(
                MemoryErrorCode.MAPPING_REENTRANT,
                "%s of %s was called within a body of it, for which it would wait"
                        .formatted(what, file),
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

    /// Returns what was asked for.
    ///
    /// @return what was asked for
    public String what() {
        return what;
    }
}
