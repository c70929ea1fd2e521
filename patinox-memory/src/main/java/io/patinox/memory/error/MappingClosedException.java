package io.patinox.memory.error;

/// A mapped file was used after it was closed, or a slice after its body had ended.
public final class MappingClosedException extends MappingException {

    private static final long serialVersionUID = 1L;

    /// The file, as it was given.
    private final String file;

    /// What was used: the file, a slice, a view.
    private final String what;

    /// Creates the exception.
    ///
    /// @param file the file, as it was given
    /// @param what what was used: the file, a slice, a view
    public MappingClosedException(String file, String what) {
        super(
                MemoryErrorCode.MAPPING_CLOSED,
                "%s of %s was used after its end".formatted(what, file),
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

    /// Returns what was used: the file, a slice, a view.
    ///
    /// @return what was used: the file, a slice, a view
    public String what() {
        return what;
    }
}
