package io.patinox.benchmarks.door;

import org.jspecify.annotations.Nullable;

/// A figure of the report.
///
/// @param regime the situation
/// @param implementation who was measured
/// @param metric what was measured
/// @param unit the unit of value and error
/// @param value the figure
/// @param error for a mean half the width of its 95 % confidence interval; for a worst case the
///   distance between the forks; null when a single fork says nothing about it
public record Figure(
        String regime,
        String implementation,
        String metric,
        String unit,
        double value,
        @Nullable Double error) {

    static Figure of(String regime, String implementation, Metric metric, double[] forks) {
        double range = Statistics.largest(forks) - Statistics.smallest(forks);
        double value =
                switch (metric.summary()) {
                    case MEAN -> Statistics.mean(forks);
                    case LARGEST -> Statistics.largest(forks);
                    case SMALLEST -> Statistics.smallest(forks);
                };
        double error =
                metric.summary() == Metric.Summary.MEAN ? Statistics.confidence(forks) : range;
        return new Figure(
                regime,
                implementation,
                metric.name(),
                metric.unit(),
                value,
                forks.length < 2 ? null : (Double) error);
    }
}
