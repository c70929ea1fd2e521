package io.patinox.memory.config;

import io.patinox.memory.error.Options;

/// Where a value comes from. Immutable.
///
/// @param source what it was read from, for example `file app.yaml` or `env APP_PORT`
/// @param line the line, from 1; 0 if there are none, or if it is not known
/// @param column the column, from 1; 0 if there are none, or if it is not known
public record Origin(String source, int line, int column) {

    /// Checks the parts.
    public Origin {
        Options.required("source", source);
        Options.inRange("line", line, 0, Integer.MAX_VALUE);
        Options.inRange("column", column, 0, Integer.MAX_VALUE);
    }

    /// Returns an origin without lines.
    ///
    /// @param source what it was read from
    /// @return the origin
    public static Origin of(String source) {
        return new Origin(source, 0, 0);
    }

    /// Returns the origin in the form that editors understand.
    ///
    /// @return for example `file app.yaml:3:5`, or the source alone
    @Override
    public String toString() {
        if (line == 0) {
            return source;
        }
        return column == 0 ? source + ":" + line : source + ":" + line + ":" + column;
    }
}
