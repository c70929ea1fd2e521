package io.patinox.memory.error;

/// A thread was interrupted while it waited for a configuration; its interrupt flag is set.
public final class ConfigInterruptedException extends ConfigException {

    private static final long serialVersionUID = 1L;

    /// Creates the exception.
    ///
    /// @param config the name of the configuration
    /// @param call what was called, for example `reload`
    /// @param cause the interruption
    public ConfigInterruptedException(String config, String call, InterruptedException cause) {
        super(
                MemoryErrorCode.CONFIG_INTERRUPTED,
                "%s of configuration '%s' was interrupted while it waited".formatted(call, config),
                cause);
    }
}
