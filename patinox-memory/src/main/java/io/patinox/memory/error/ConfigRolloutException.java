package io.patinox.memory.error;

/// A staged rollout can't do what it was asked for in its present state.
public final class ConfigRolloutException extends ConfigException {

    private static final long serialVersionUID = 1L;

    /// Creates the exception.
    ///
    /// @param config the name of the configuration
    /// @param detail what is in the way
    public ConfigRolloutException(String config, String detail) {
        super(
                MemoryErrorCode.CONFIG_ROLLOUT,
                "a rollout of configuration '" + config + "': " + detail,
                null);
    }
}
