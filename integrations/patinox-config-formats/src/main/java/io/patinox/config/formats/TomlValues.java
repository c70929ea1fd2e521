package io.patinox.config.formats;

import io.patinox.memory.config.ConfigNode.Scalar;
import io.patinox.memory.config.Origin;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.regex.Pattern;

/// The plain values of TOML that are no strings.
final class TomlValues {

    private static final Pattern WHOLE = Pattern.compile("[+-]?(0|[1-9](_?[0-9])*)");
    private static final Pattern RADIX =
            Pattern.compile("0x\\p{XDigit}(_?\\p{XDigit})*|0o[0-7](_?[0-7])*|0b[01](_?[01])*");
    private static final Pattern REAL =
            Pattern.compile(
                    "[+-]?(0|[1-9](_?[0-9])*)(\\.[0-9](_?[0-9])*)?([eE][+-]?[0-9](_?[0-9])*)?");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern TIME = Pattern.compile("\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?");
    private static final Pattern OFFSET = Pattern.compile(".*(Z|[+-]\\d{2}:\\d{2})");

    private TomlValues() {}

    static Scalar scalar(TomlText text, Origin origin) {
        String word = text.word();
        Limits.digits(word, origin);
        if (DATE.matcher(word).matches() && text.peek() == ' ') {
            word = withTime(text, word);
        }
        return new Scalar(value(word, origin), origin);
    }

    /// A blank may stand between date and time.
    private static String withTime(TomlText text, String date) {
        text.skipSpaces();
        int next = text.peek();
        return next >= '0' && next <= '9' ? date + "T" + text.word() : date;
    }

    private static Object value(String word, Origin origin) {
        return switch (word) {
            case "true" -> true;
            case "false" -> false;
            case "inf", "+inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            case "nan", "+nan", "-nan" -> Double.NaN;
            default -> number(word, origin);
        };
    }

    private static Object number(String word, Origin origin) {
        String digits = word.replace("_", "");
        if (WHOLE.matcher(word).matches()) {
            return whole(new BigInteger(digits));
        }
        if (RADIX.matcher(word).matches()) {
            int radix = word.charAt(1) == 'x' ? 16 : word.charAt(1) == 'o' ? 8 : 2;
            return whole(new BigInteger(digits.substring(2), radix));
        }
        try {
            return REAL.matcher(word).matches() ? new BigDecimal(digits) : time(word);
        } catch (NumberFormatException _) {
            throw Limits.failure(origin, "is a number beyond all limits");
        } catch (DateTimeException _) {
            throw Limits.failure(
                    origin, "is no TOML: neither text, number, date nor table is here");
        }
    }

    private static Object whole(BigInteger number) {
        return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
    }

    private static String time(String word) {
        String upper = word.toUpperCase(Locale.ROOT);
        if (DATE.matcher(upper).matches()) {
            LocalDate.parse(upper);
        } else if (TIME.matcher(upper).matches()) {
            LocalTime.parse(upper);
        } else if (OFFSET.matcher(upper).matches()) {
            OffsetDateTime.parse(upper);
        } else {
            LocalDateTime.parse(upper);
        }
        return upper;
    }
}
