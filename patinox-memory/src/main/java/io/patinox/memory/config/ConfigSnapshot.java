package io.patinox.memory.config;

import io.patinox.memory.error.Options;
import java.time.Instant;

/// One version of a configuration. Immutable, and usable as long as one likes, also after the
/// configuration was closed.
///
/// @param <T> the type of the configuration
/// @param value the value
/// @param version its version: 1 at first, one more with every change
/// @param at when it became current
/// @param cause why
public record ConfigSnapshot<T>(T value, long version, Instant at, ConfigCause cause) {

    /// Checks the parts.
    public ConfigSnapshot {
        Options.required("value", value);
        Options.inRange("version", version, 1, Long.MAX_VALUE);
        Options.required("at", at);
        Options.required("cause", cause);
    }

    /// Returns everything but the value, which may hold what must not be printed.
    ///
    /// @return for example `ConfigSnapshot[version=3, cause=RELOAD, at=2026-01-01T00:00:00Z]`
    @Override
    public String toString() {
        return "ConfigSnapshot[version=" + version + ", cause=" + cause + ", at=" + at + "]";
    }
}
