package io.patinox.cli.terminal;

import java.time.Duration;
import java.util.Locale;

/// Figures as people read them: three significant digits and a unit.
public final class Figures {

    private static final double THOUSAND = 1_000;

    private Figures() {}

    /// Returns a number with its thousands apart: `12,345`.
    ///
    /// @param count the number
    /// @return the text
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /// Returns nanoseconds with the unit that suits them: `850 ns`, `4.21 us`, `1.35 s`.
    ///
    /// @param nanos the time
    /// @return the text, ASCII only
    public static String nanos(long nanos) {
        if (nanos < THOUSAND) {
            return nanos + " ns";
        }
        double value = nanos / THOUSAND;
        if (round(value) < THOUSAND) {
            return digits(value) + " us";
        }
        value /= THOUSAND;
        if (round(value) < THOUSAND) {
            return digits(value) + " ms";
        }
        return digits(value / THOUSAND) + " s";
    }

    /// Returns a duration as [#nanos(long)] does.
    ///
    /// @param duration the time
    /// @return the text
    public static String duration(Duration duration) {
        return nanos(duration.toNanos());
    }

    /// Returns seconds with one decimal: `12.3`.
    ///
    /// @param nanos the time
    /// @return the text, without a unit
    public static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.1f", nanos / (THOUSAND * THOUSAND * THOUSAND));
    }

    private static double round(double value) {
        return Double.parseDouble(digits(value));
    }

    private static String digits(double value) {
        String format = value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f";
        return String.format(Locale.ROOT, format, value);
    }
}
