package io.patinox.memory.error;

import io.patinox.memory.internal.Describe;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Checks of builder options: each returns the value it was given, or throws an
/// [InvalidOptionException] that names option, value, bound and way out.
///
/// Integrations use it too, so that every option of the house fails in the same words. Stateless.
public final class Options {

    private static final int LONGEST_NAME = 100;

    private Options() {}

    /// Returns a value that must be given.
    ///
    /// @param <T> its type
    /// @param option the name of the option
    /// @param value the value
    /// @return the value
    /// @throws InvalidOptionException if it is null
    public static <T> T required(String option, @Nullable T value) {
        if (value == null) {
            throw new InvalidOptionException(
                    option, null, "given", "pass a value that is not null");
        }
        return value;
    }

    /// Returns a number within its range.
    ///
    /// @param option the name of the option
    /// @param value the value
    /// @param min the least value allowed
    /// @param max the largest value allowed
    /// @return the value
    /// @throws InvalidOptionException if it is out of range
    public static int inRange(String option, int value, int min, int max) {
        return (int) inRange(option, (long) value, (long) min, (long) max);
    }

    /// Returns a number within its range.
    ///
    /// @param option the name of the option
    /// @param value the value
    /// @param min the least value allowed
    /// @param max the largest value allowed
    /// @return the value
    /// @throws InvalidOptionException if it is out of range
    public static long inRange(String option, long value, long min, long max) {
        if (value < min || value > max) {
            String bound = number(min) + " to " + number(max);
            throw new InvalidOptionException(option, value, bound, "choose one in that range");
        }
        return value;
    }

    /// Returns a duration within its range.
    ///
    /// @param option the name of the option
    /// @param value the value
    /// @param min the least value allowed
    /// @param max the largest value allowed
    /// @return the value
    /// @throws InvalidOptionException if it is null or out of range
    public static Duration inRange(
            String option, @Nullable Duration value, Duration min, Duration max) {
        if (value == null || value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            String bound = Describe.duration(min) + " to " + Describe.duration(max);
            throw new InvalidOptionException(option, value, bound, "choose one in that range");
        }
        return value;
    }

    /// Returns a name: 1 to 100 of the characters A to Z, a to z, 0 to 9, `.`, `_`, `-` and `:`.
    ///
    /// Names end up in metrics, thread names and log lines, so what would have to be quoted there
    /// is refused here.
    ///
    /// @param option the name of the option
    /// @param value the value
    /// @return the value
    /// @throws InvalidOptionException if it is null or has another form
    public static String name(String option, @Nullable String value) {
        if (value == null || value.length() > LONGEST_NAME || !isName(value)) {
            throw new InvalidOptionException(
                    option,
                    value,
                    "1 to 100 characters of A-Z a-z 0-9 . _ - :",
                    "choose a plain name such as orders-db");
        }
        return value;
    }

    /// Returns a text that has more than white space in it.
    ///
    /// @param option the name of the option
    /// @param value the value
    /// @return the value
    /// @throws InvalidOptionException if it is null or blank
    public static String text(String option, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw new InvalidOptionException(option, value, "a text", "pass one that is not blank");
        }
        return value;
    }

    /// Checks that options agree with each other.
    ///
    /// @param ok whether they do
    /// @param option the option to change
    /// @param value its value
    /// @param bound what the other options demand of it
    /// @param wayOut how to make them agree
    /// @throws InvalidOptionException if `ok` is false
    public static void consistent(
            boolean ok, String option, @Nullable Object value, String bound, String wayOut) {
        if (!ok) {
            throw new InvalidOptionException(option, value, bound, wayOut);
        }
    }

    private static boolean isName(String value) {
        return !value.isEmpty()
                && value.chars()
                        .allMatch(c ->
                                (c >= 'a' && c <= 'z')
                                        || (c >= 'A' && c <= 'Z')
                                        || (c >= '0' && c <= '9')
                                        || "._-:".indexOf(c) >= 0);
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
