package io.patinox.cli.simulate;

import java.util.List;

/// What came of one trace.
///
/// @param trace its name
/// @param requests how many requests it has
/// @param keys how many different keys
/// @param sizes the sizes tried, smallest first
/// @param rows one a contender
record Outcome(String trace, int requests, int keys, List<Integer> sizes, List<Row> rows) {

    /// How one contender did.
    ///
    /// @param policy its name
    /// @param hits how many hits it had, one a size
    record Row(String policy, List<Long> hits) {}

    /// Returns a hit ratio.
    ///
    /// @return 0 to 100 percent
    double percent(Row row, int size) {
        return 100.0 * row.hits().get(size) / requests;
    }

    /// Returns whether nobody but the optimum had more hits.
    boolean isBest(Row row, int size) {
        return !row.policy().equals(Optimum.NAME)
                && rows.stream()
                        .filter(other -> !other.policy().equals(Optimum.NAME))
                        .allMatch(other -> other.hits().get(size) <= row.hits().get(size));
    }
}
