package io.patinox.memory.error;

import io.patinox.memory.internal.Describe;

/// A step that brings a configuration to a newer schema failed; no later step ran.
///
/// The cause comes from the step, and its message is not shown: it may hold a value.
public final class ConfigMigrationException extends ConfigException {

    private static final long serialVersionUID = 1L;

    /// What was read.
    private final String source;

    /// The version before the step.
    private final int from;

    /// The version after the step.
    private final int to;

    /// Creates the exception.
    ///
    /// @param source what was read, for example `file app.yaml`
    /// @param from the version before the step
    /// @param to the version after the step
    /// @param cause what the step threw
    public ConfigMigrationException(String source, int from, int to, Throwable cause) {
        super(
                MemoryErrorCode.CONFIG_MIGRATION,
                "%s: the step from schema version %d to %d failed with %s"
                        .formatted(source, from, to, Describe.type(cause)),
                cause);
        this.source = source;
        this.from = from;
        this.to = to;
    }

    /// Returns what was read.
    ///
    /// @return the source
    public String source() {
        return source;
    }

    /// Returns the version before the step.
    ///
    /// @return the version
    public int from() {
        return from;
    }

    /// Returns the version after the step.
    ///
    /// @return the version
    public int to() {
        return to;
    }
}
