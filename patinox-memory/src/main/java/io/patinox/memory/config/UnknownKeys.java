package io.patinox.memory.config;

/// What becomes of a key that the type has no place for.
public enum UnknownKeys {
    /// It is a problem, and the configuration is refused. The default: most are misspelled.
    REFUSE,

    /// It is a warning, and otherwise ignored.
    WARN
}
