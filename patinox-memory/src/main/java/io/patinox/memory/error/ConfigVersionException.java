package io.patinox.memory.error;

/// A version of a configuration is not kept, or never was.
public final class ConfigVersionException extends ConfigException {

    private static final long serialVersionUID = 1L;

    /// The version.
    private final long version;

    /// Creates the exception.
    ///
    /// @param config the name of the configuration
    /// @param version the version
    /// @param oldest the oldest version that is kept
    /// @param newest the newest version
    public ConfigVersionException(String config, long version, long oldest, long newest) {
        super(
                MemoryErrorCode.CONFIG_VERSION,
                "configuration '%s' keeps the versions %d to %d, not %d"
                        .formatted(config, oldest, newest, version),
                null);
        this.version = version;
    }

    /// Returns the version that was asked for.
    ///
    /// @return the version
    public long version() {
        return version;
    }
}
