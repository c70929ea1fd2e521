package io.patinox.memory.config;

/// Why there is a version.
public enum ConfigCause {
    /// It was loaded when the configuration was built.
    START,
    /// The sources changed.
    RELOAD,
    /// The program proposed it.
    PROPOSAL,
    /// Somebody went back to an older version.
    ROLLBACK,
    /// A staged rollout was promoted.
    ROLLOUT
}
