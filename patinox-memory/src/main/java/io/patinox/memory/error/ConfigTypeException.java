package io.patinox.memory.error;

/// A type cannot hold a configuration: it is the program that has to change, not the file.
public final class ConfigTypeException extends ConfigException {

    private static final long serialVersionUID = 1L;

    /// The type.
    private final String type;

    /// Creates the exception.
    ///
    /// @param type the type, or the component of a record
    /// @param detail why it cannot be bound, and what would do
    public ConfigTypeException(String type, String detail) {
        super(MemoryErrorCode.CONFIG_TYPE, type + " cannot be bound: " + detail, null);
        this.type = type;
    }

    /// Returns the type, or the component of a record.
    ///
    /// @return its name
    public String type() {
        return type;
    }
}
