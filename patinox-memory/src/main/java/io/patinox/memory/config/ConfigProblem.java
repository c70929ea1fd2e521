package io.patinox.memory.config;

import io.patinox.memory.error.Options;

/// One thing that is wrong with a configuration. Immutable.
///
/// @param path which value, for example `db.pools[0].maxSize`; empty for the whole
/// @param message what is wrong and what to do; shows no secret
/// @param origin where the value comes from
public record ConfigProblem(String path, String message, Origin origin) {

    /// Checks the parts.
    public ConfigProblem {
        Options.required("path", path);
        Options.required("message", message);
        Options.required("origin", origin);
    }

    /// Returns the problem as one line.
    ///
    /// @return for example `db.port: must be a number (file app.yaml:3:5)`
    @Override
    public String toString() {
        return (path.isEmpty() ? "" : path + ": ") + message + " (" + origin + ")";
    }
}
