package io.patinox.benchmarks.door;

import java.util.List;
import java.util.Map;

/// One situation in which implementations are compared: so many threads, so many objects, such a
/// load.
public interface Regime {

    /// Returns the name the tables print, unique in its group.
    ///
    /// @return the name
    String name();

    /// Returns who is measured, us first.
    ///
    /// @return the names of the implementations
    List<String> implementations();

    /// Whether `--quick` measures this regime too.
    ///
    /// @return true when it belongs to the quick sample
    boolean quick();

    /// Returns whom `--quick` measures in this regime.
    ///
    /// @return some of the implementations, us first
    default List<String> sample() {
        return implementations();
    }

    /// Tells whether the next figures of an implementation are there already, so that [#measure]
    /// takes no time.
    ///
    /// @param implementation one of [#implementations()]
    /// @return true when they were measured together with others
    default boolean measured(String implementation) {
        return false;
    }

    /// Measures one implementation once, in a JVM of its own, and blocks until it is done.
    ///
    /// @param implementation one of [#implementations()]
    /// @param effort how long
    /// @return a number for every metric of the fork
    /// @throws MeasurementException when the fork fails
    Map<Metric, Double> measure(String implementation, Effort effort);
}
