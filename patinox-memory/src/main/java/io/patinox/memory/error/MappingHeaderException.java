package io.patinox.memory.error;

/// The header of a file is not one of ours, damaged, cut off, or of a newer version. Nothing was
/// mapped.
public final class MappingHeaderException extends MappingException {

    private static final long serialVersionUID = 1L;

    /// The file, as it was given.
    private final String file;

    /// The field of the header that is wrong.
    private final String field;

    /// What was expected there.
    private final String expected;

    /// What was found.
    private final String found;

    /// Creates the exception.
    ///
    /// @param file the file, as it was given
    /// @param field the field of the header that is wrong
    /// @param expected what was expected there
    /// @param found what was found
    public MappingHeaderException(String file, String field, String expected, String found) {
        super(
                MemoryErrorCode.MAPPING_HEADER,
                "%s: the %s must be %s, but is %s".formatted(file, field, expected, found),
                null);
        this.file = file;
        this.field = field;
        this.expected = expected;
        this.found = found;
    }

    /// Returns the file, as it was given.
    ///
    /// @return the file, as it was given
    public String file() {
        return file;
    }

    /// Returns the field of the header that is wrong.
    ///
    /// @return the field of the header that is wrong
    public String field() {
        return field;
    }

    /// Returns what was expected there.
    ///
    /// @return what was expected there
    public String expected() {
        return expected;
    }

    /// Returns what was found.
    ///
    /// @return what was found
    public String found() {
        return found;
    }
}
