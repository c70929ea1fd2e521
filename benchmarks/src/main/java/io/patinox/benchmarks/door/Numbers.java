package io.patinox.benchmarks.door;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Prints figures with as many digits as a reader can use: three significant ones, and no more than
/// three decimals.
final class Numbers {

    /// What stands where there is no number.
    static final String NONE = "?";

    private Numbers() {}

    static String text(@Nullable Double value) {
        if (value == null || !Double.isFinite(value)) {
            return NONE;
        }
        double size = Math.abs(value);
        String format;
        if (size >= 100) {
            format = "%,.0f";
        } else if (size >= 10) {
            format = "%.1f";
        } else if (size >= 1 || size == 0) {
            format = size == Math.rint(size) ? "%.0f" : "%.2f";
        } else {
            format = "%.3f";
        }
        return String.format(Locale.ROOT, format, value);
    }

    static String withError(double value, @Nullable Double error) {
        return text(value) + " ±" + text(error);
    }
}
