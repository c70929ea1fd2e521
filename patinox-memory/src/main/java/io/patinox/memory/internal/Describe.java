package io.patinox.memory.internal;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The words in which values appear in messages: one line each, bounded, and never a failure.
public final class Describe {

    private static final int LONGEST = 200;
    private static final Duration LARGEST = Duration.ofSeconds(Long.MAX_VALUE);
    private static final Duration LEAST = Duration.ofSeconds(Long.MIN_VALUE);

    private Describe() {}

    /// Shows a text on one line: control characters become spaces, what is too long is cut.
    ///
    /// @param text the text
    /// @return at most 200 characters
    public static String line(@Nullable String text) {
        if (text == null) {
            return "null";
        }
        boolean cut = text.length() > LONGEST;
        StringBuilder line = new StringBuilder(cut ? text.substring(0, LONGEST - 3) : text);
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                line.setCharAt(i, ' ');
            }
        }
        return cut ? line.append("...").toString() : line.toString();
    }

    /// Shows any value by its `toString`, which may throw, without what looks like a password.
    ///
    /// @param value the value
    /// @return one line
    public static String value(@Nullable Object value) {
        try {
            return value instanceof Duration d
                    ? duration(d)
                    : line(Secrets.masked(String.valueOf(value)));
        } catch (RuntimeException | StackOverflowError e) {
            return "a " + type(value) + " whose toString failed";
        }
    }

    /// Shows a failure as its type and its message, if that can be read, without what looks like a
    /// password.
    ///
    /// @param failure the failure
    /// @return one line
    public static String failure(Throwable failure) {
        String message;
        try {
            message = failure.getMessage();
        } catch (RuntimeException | StackOverflowError e) {
            return type(failure) + " (its message could not be read)";
        }
        return message == null || message.isBlank()
                ? type(failure)
                : line(type(failure) + ": " + Secrets.masked(message));
    }

    /// Shows the type of a value without its package.
    ///
    /// @param value the value
    /// @return the simple name of its class
    public static String type(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        String name = value.getClass().getSimpleName();
        return name.isEmpty() ? value.getClass().getName() : name;
    }

    /// Shows a duration in the unit that suits it: `30 s`, `250 ms`, `10 min`.
    ///
    /// @param duration the duration
    /// @return the duration with its unit
    public static String duration(Duration duration) {
        if (duration.isNegative()) {
            return "-" + duration(duration.equals(LEAST) ? LARGEST : duration.negated());
        }
        long seconds = duration.toSeconds();
        if (seconds >= 120) {
            return seconds % 60 == 0
                    ? seconds / 60 + " min"
                    : seconds / 60 + " min " + seconds % 60 + " s";
        }
        if (seconds >= 1 || duration.isZero()) {
            return decimal(duration.toNanos(), 1_000_000_000L, "s");
        }
        long nanos = duration.toNanos();
        if (nanos >= 1_000_000) {
            return decimal(nanos, 1_000_000, "ms");
        }
        return nanos >= 1_000 ? decimal(nanos, 1_000, "us") : nanos + " ns";
    }

    private static String decimal(long nanos, long unitNanos, String unit) {
        if (nanos % unitNanos == 0) {
            return nanos / unitNanos + " " + unit;
        }
        double value = (double) nanos / unitNanos;
        return String.format(Locale.ROOT, "%.3f", value).replaceFirst("0+$", "") + " " + unit;
    }
}
