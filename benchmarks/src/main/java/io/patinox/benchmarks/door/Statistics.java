package io.patinox.benchmarks.door;

import java.util.Arrays;

/// The arithmetic of a handful of forks.
final class Statistics {

    /// Two-sided 95 % quantiles of Student's t for 1, 2, ... degrees of freedom.
    private static final double[] STUDENT_T = {
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262
    };

    /// The quantile of the normal distribution, which Student's t approaches.
    private static final double NORMAL = 1.960;

    private Statistics() {}

    static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    static double median(double[] values) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    static double smallest(double[] values) {
        return Arrays.stream(values).min().orElse(Double.NaN);
    }

    static double largest(double[] values) {
        return Arrays.stream(values).max().orElse(Double.NaN);
    }

    /// Returns half the width of the 95 % confidence interval of the mean; not a number for fewer
    /// than two values, of which nothing can be said.
    static double confidence(double[] values) {
        int n = values.length;
        if (n < 2) {
            return Double.NaN;
        }
        double mean = mean(values);
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        double quantile = n - 2 < STUDENT_T.length ? STUDENT_T[n - 2] : NORMAL;
        return quantile * Math.sqrt(squares / (n - 1) / n);
    }
}
