package io.patinox.memory.error;

import org.jspecify.annotations.Nullable;

/// A value does not fit its component, or the bytes of a component are no value of it.
public final class MappingValueException extends MappingException {

    private static final long serialVersionUID = 1L;

    /// The file, as it was given.
    private final String file;

    /// The component, with the path of nested records.
    private final String column;

    /// The index of the element, or -1 if that is not known.
    private final long index;

    /// What is wrong.
    private final String reason;

    /// Creates the exception.
    ///
    /// @param file the file, as it was given
    /// @param column the component, with the path of nested records
    /// @param index the index of the element, or -1 if that is not known
    /// @param reason what is wrong
    /// @param cause what a type of the user threw, or null
    public MappingValueException(
            String file, String column, long index, String reason, @Nullable Throwable cause) {
        super(
                MemoryErrorCode.MAPPING_VALUE,
                "%s, %scomponent '%s': %s"
                        .formatted(
                                file, index < 0 ? "" : "element " + index + ", ", column, reason),
                cause);
        this.file = file;
        this.column = column;
        this.index = index;
        this.reason = reason;
    }

    /// Returns the file, as it was given.
    ///
    /// @return the file, as it was given
    public String file() {
        return file;
    }

    /// Returns the component, with the path of nested records.
    ///
    /// @return the component, with the path of nested records
    public String column() {
        return column;
    }

    /// Returns the index of the element, or -1 if that is not known.
    ///
    /// @return the index of the element, or -1 if that is not known
    public long index() {
        return index;
    }

    /// Returns what is wrong.
    ///
    /// @return what is wrong
    public String reason() {
        return reason;
    }
}
