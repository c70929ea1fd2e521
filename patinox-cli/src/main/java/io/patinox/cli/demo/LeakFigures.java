package io.patinox.cli.demo;

import org.jspecify.annotations.Nullable;

/// What became of the leaked connection.
///
/// @param place where it was taken, or empty if the leak wasn't reported
/// @param reportedNanos from the drop to the report
/// @param recoveredNanos from the drop to a pool with all its connections, or null if it never was
record LeakFigures(String place, long reportedNanos, @Nullable Long recoveredNanos) {

    boolean isReported() {
        return !place.isEmpty();
    }
}
