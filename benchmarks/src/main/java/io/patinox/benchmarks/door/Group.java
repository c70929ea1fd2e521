package io.patinox.benchmarks.door;

import java.util.List;

/// The comparisons of one part of the library. Found by the service loader: a new group is a class
/// and a line in `META-INF/services`.
public interface Group {

    /// Returns the word typed after `bench`.
    ///
    /// @return the name
    String name();

    /// Returns the regimes in the order they are measured and printed.
    ///
    /// @return the regimes
    List<Regime> regimes();

    /// Returns what the library promises about its figures.
    ///
    /// @return the bars in the order they are printed
    List<Bar> bars();
}
