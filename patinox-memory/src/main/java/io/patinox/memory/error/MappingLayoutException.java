package io.patinox.memory.error;

/// A type cannot be laid out in a file: a component of it has no size of its own, or no encoding.
public final class MappingLayoutException extends MappingException {

    private static final long serialVersionUID = 1L;

    /// The name of the type.
    private final String type;

    /// The path of the component, or an empty text for the type itself.
    private final String component;

    /// Why it cannot be laid out.
    private final String reason;

    /// Creates the exception.
    ///
    /// @param type the name of the type
    /// @param component the path of the component, or an empty text for the type itself
    /// @param reason why it cannot be laid out
    public MappingLayoutException(String type, String component, String reason) {
        super(
                MemoryErrorCode.MAPPING_LAYOUT,
                "%s can't be mapped%s: %s"
                        .formatted(
                                type,
                                component.isEmpty() ? "" : ", component '" + component + "'",
                                reason),
                null);
        this.type = type;
        this.component = component;
        this.reason = reason;
    }

    /// Returns the name of the type.
    ///
    /// @return the name of the type
    public String type() {
        return type;
    }

    /// Returns the path of the component, or an empty text for the type itself.
    ///
    /// @return the path of the component, or an empty text for the type itself
    public String component() {
        return component;
    }

    /// Returns why it cannot be laid out.
    ///
    /// @return why it cannot be laid out
    public String reason() {
        return reason;
    }
}
