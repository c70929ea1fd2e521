package io.patinox.memory.error;

/// A configuration was used after it was closed, or was closed while somebody waited.
public final class ConfigClosedException extends ConfigException {

    private static final long serialVersionUID = 1L;

    /// Creates the exception.
    ///
    /// @param config the name of the configuration
    public ConfigClosedException(String config) {
        super(MemoryErrorCode.CONFIG_CLOSED, "configuration '" + config + "' is closed", null);
    }
}
