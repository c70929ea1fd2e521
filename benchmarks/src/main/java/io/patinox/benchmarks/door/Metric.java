package io.patinox.benchmarks.door;

/// What one fork yields a number of.
///
/// @param name the noun, as the tables print it
/// @param unit the unit, as the tables print it
/// @param summary how the numbers of several forks become one figure
public record Metric(String name, String unit, Summary summary) {

    /// How the numbers of several forks become one figure. A worst case has no mean: the worst of
    /// the forks is what a user may meet.
    public enum Summary {
        /// The mean, with the 95 % confidence interval of the mean.
        MEAN,
        /// The largest, with the distance to the smallest.
        LARGEST,
        /// The smallest, with the distance to the largest.
        SMALLEST
    }

    /// Returns a metric whose forks are averaged.
    ///
    /// @param name the noun
    /// @param unit the unit
    /// @return the metric
    public static Metric mean(String name, String unit) {
        return new Metric(name, unit, Summary.MEAN);
    }

    /// Returns a metric of which the largest fork counts.
    ///
    /// @param name the noun
    /// @param unit the unit
    /// @return the metric
    public static Metric largest(String name, String unit) {
        return new Metric(name, unit, Summary.LARGEST);
    }

    /// Returns a metric of which the smallest fork counts.
    ///
    /// @param name the noun
    /// @param unit the unit
    /// @return the metric
    public static Metric smallest(String name, String unit) {
        return new Metric(name, unit, Summary.SMALLEST);
    }
}
