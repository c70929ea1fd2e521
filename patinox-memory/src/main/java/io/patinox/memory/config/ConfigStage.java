package io.patinox.memory.config;

/// How far a change came before it was rejected.
public enum ConfigStage {
    /// A source could not be read, or is missing.
    READ,
    /// A file is not of its format.
    PARSE,
    /// A file has an unknown schema, or a migration failed.
    MIGRATE,
    /// Values do not fit the type.
    BIND,
    /// A validation found something, or could not be run.
    VALIDATE,
    /// A part that must agree did not.
    PREPARE
}
