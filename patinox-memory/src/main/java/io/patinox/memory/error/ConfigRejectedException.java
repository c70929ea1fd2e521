package io.patinox.memory.error;

import java.util.List;

/// A configuration, or a candidate for one, was rejected where there is nothing to keep instead.
public final class ConfigRejectedException extends ConfigException {

    private static final long serialVersionUID = 1L;

    /// How far it came.
    private final String stage;

    /// Everything that is wrong.
    @SuppressWarnings("serial") // List.copyOf gives one that is serializable
    private final List<String> problems;

    /// Creates the exception.
    ///
    /// @param config the name of the configuration
    /// @param stage how far it came, for example `BIND`
    /// @param problems everything that is wrong, a line each, without secrets
    public ConfigRejectedException(String config, String stage, List<String> problems) {
        super(
                MemoryErrorCode.CONFIG_REJECTED,
                "configuration '%s' has %d %s (%s): %s"
                        .formatted(
                                config,
                                problems.size(),
                                problems.size() == 1 ? "problem" : "problems",
                                stage,
                                String.join("; ", problems)),
                null);
        this.stage = stage;
        this.problems = List.copyOf(problems);
    }

    /// Returns how far it came.
    ///
    /// @return for example `BIND`
    public String stage() {
        return stage;
    }

    /// Returns everything that is wrong.
    ///
    /// @return a line each, with path and origin
    public List<String> problems() {
        return problems;
    }
}
