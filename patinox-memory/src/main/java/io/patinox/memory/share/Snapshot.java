package io.patinox.memory.share;

import io.patinox.memory.error.Options;

/// A value and its version, which belong together.
///
/// Versions of one handle or of one piece of data begin at 1 and grow by one with every change; a
/// gap between two snapshots tells how many changes were not seen.
///
/// @param <T> the type of the value
/// @param value the value; not to be changed
/// @param version its version, 1 or more
public record Snapshot<T>(T value, long version) {
    /// Checks both.
    public Snapshot {
        Options.required("value", value);
        Options.inRange("version", version, 1, Long.MAX_VALUE);
    }
}
