package io.patinox.memory.error;

/// A file is good, but its layout, byte order or size is not what the program expects. Nothing was
/// mapped.
public final class MappingMismatchException extends MappingException {

    private static final long serialVersionUID = 1L;

    /// The file, as it was given.
    private final String file;

    /// What differs.
    private final String what;

    /// What the program expects.
    private final String expected;

    /// What the file has.
    private final String found;

    /// Creates the exception.
    ///
    /// @param file the file, as it was given
    /// @param what what differs
    /// @param expected what the program expects
    /// @param found what the file has
    public MappingMismatchException(String file, String what, String expected, String found) {
        super(
                MemoryErrorCode.MAPPING_MISMATCH,
                "%s has another %s: expected %s, found %s".formatted(file, what, expected, found),
                null);
        this.file = file;
        this.what = what;
        this.expected = expected;
        this.found = found;
    }

    /// Returns the file, as it was given.
    ///
    /// @return the file, as it was given
    public String file() {
        return file;
    }

    /// Returns what differs.
    ///
    /// @return what differs
    public String what() {
        return what;
    }

    /// Returns what the program expects.
    ///
    /// @return what the program expects
    public String expected() {
        return expected;
    }

    /// Returns what the file has.
    ///
    /// @return what the file has
    public String found() {
        return found;
    }
}
