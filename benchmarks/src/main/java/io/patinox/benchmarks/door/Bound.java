package io.patinox.benchmarks.door;

import java.util.Arrays;
import java.util.Locale;

/// The bound of a bar.
///
/// @param side which values are good
/// @param limit the bound itself, which is good
record Bound(Side side, double limit) {

    /// Which values are good.
    enum Side {
        AT_LEAST("at least"),
        AT_MOST("at most"),
        ALWAYS("always");

        private final String words;

        Side(String words) {
            this.words = words;
        }
    }

    private boolean admits(double value) {
        return switch (side) {
            case AT_LEAST -> value >= limit;
            case AT_MOST -> value <= limit;
            case ALWAYS -> value == limit;
        };
    }

    /// Judges the numbers of the forks. A guarantee (`ALWAYS`) is broken by one fork, and one fork
    /// is enough to judge it; of a quantity nothing is known before two forks agree on a side.
    Verdict judge(double[] forks) {
        long good = Arrays.stream(forks).filter(this::admits).count();
        if (side == Side.ALWAYS && forks.length > 0) {
            return good == forks.length ? Verdict.MET : Verdict.MISSED;
        }
        if (forks.length < 2) {
            return Verdict.UNDECIDED;
        }
        if (good == forks.length) {
            return Verdict.MET;
        }
        return good == 0 ? Verdict.MISSED : Verdict.UNDECIDED;
    }

    /// Returns the number to print: the median, or for a guarantee the fork farthest from it.
    double figure(double[] forks) {
        if (side != Side.ALWAYS) {
            return Statistics.median(forks);
        }
        return Arrays.stream(forks)
                .boxed()
                .max((a, b) -> Double.compare(Math.abs(a - limit), Math.abs(b - limit)))
                .orElse(Double.NaN);
    }

    String text(String unit) {
        String number =
                limit == Math.rint(limit)
                        ? String.format(Locale.ROOT, "%.0f", limit)
                        : String.valueOf(limit);
        return (side.words + " " + number + " " + unit).strip();
    }
}
