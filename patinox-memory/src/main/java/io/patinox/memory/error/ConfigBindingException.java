package io.patinox.memory.error;

import java.util.List;

/// The values of a configuration do not fit its type, or are not valid.
public final class ConfigBindingException extends ConfigException {

    private static final long serialVersionUID = 1L;

    /// The type.
    private final String type;

    /// Everything that is wrong.
    @SuppressWarnings("serial") // List.copyOf gives one that is serializable
    private final List<String> problems;

    /// Creates the exception.
    ///
    /// @param type the type of the configuration
    /// @param problems everything that is wrong, a line each, with path and origin
    public ConfigBindingException(String type, List<String> problems) {
        super(
                MemoryErrorCode.CONFIG_BINDING,
                "%s has %d %s: %s"
                        .formatted(
                                type,
                                problems.size(),
                                problems.size() == 1 ? "problem" : "problems",
                                String.join("; ", problems)),
                null);
        this.type = type;
        this.problems = List.copyOf(problems);
    }

    /// Returns the type of the configuration.
    ///
    /// @return its name
    public String type() {
        return type;
    }

    /// Returns everything that is wrong.
    ///
    /// @return a line each, with path and origin
    public List<String> problems() {
        return problems;
    }
}
