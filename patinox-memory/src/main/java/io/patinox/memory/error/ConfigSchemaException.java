package io.patinox.memory.error;

/// A configuration has a schema that this program does not know, mostly a newer one.
public final class ConfigSchemaException extends ConfigException {

    private static final long serialVersionUID = 1L;

    /// What was read.
    private final String source;

    /// The version found, or -1.
    private final long version;

    /// The oldest version known.
    private final int oldest;

    /// The newest version known.
    private final int latest;

    /// Creates the exception.
    ///
    /// @param source what was read, for example `file app.yaml:1:1`
    /// @param version the version found; -1 if it is not a whole number
    /// @param oldest the oldest version known
    /// @param latest the newest version known
    public ConfigSchemaException(String source, long version, int oldest, int latest) {
        super(
                MemoryErrorCode.CONFIG_SCHEMA,
                "%s: schemaVersion is %s, but this program knows %d to %d"
                        .formatted(
                                source,
                                version < 0 ? "not a whole number" : Long.toString(version),
                                oldest,
                                latest),
                null);
        this.source = source;
        this.version = version;
        this.oldest = oldest;
        this.latest = latest;
    }

    /// Returns what was read.
    ///
    /// @return the source
    public String source() {
        return source;
    }

    /// Returns the version found.
    ///
    /// @return the version; -1 if it is not a whole number
    public long version() {
        return version;
    }

    /// Returns the oldest version that the program knows.
    ///
    /// @return the version
    public int oldest() {
        return oldest;
    }

    /// Returns the newest version that the program knows.
    ///
    /// @return the version
    public int latest() {
        return latest;
    }
}
