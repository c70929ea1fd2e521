package io.patinox.memory.error;

/// A validation or a participant asked its configuration to change, which would wait for itself.
public final class ConfigReentrantException extends ConfigException {

    private static final long serialVersionUID = 1L;

    /// Creates the exception.
    ///
    /// @param config the name of the configuration
    public ConfigReentrantException(String config) {
        super(
                MemoryErrorCode.CONFIG_REENTRANT,
                "configuration '"
                        + config
                        + "' was asked to change by code that a change of it waits for",
                null);
    }
}
