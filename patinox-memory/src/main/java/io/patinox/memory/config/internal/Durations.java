package io.patinox.memory.config.internal;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads durations: `30s`, `5 min`, `1h 30min`, or ISO 8601 (`PT30S`).
final class Durations {

    private static final String DEMAND =
            "must be a duration with a unit: ns, us, ms, s, min, h or d, such as 30s, or ISO 8601";

    private static final Pattern PART =
            Pattern.compile("\\s*(\\d{1,18}(?:\\.\\d{1,9})?)\\s*([a-z]+)");

    private Durations() {}

    static Duration parse(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        try {
            if (lower.startsWith("p") || lower.startsWith("-p")) {
                return Duration.parse(lower);
            }
            if (lower.equals("0")) {
                return Duration.ZERO;
            }
            return sum(lower);
        } catch (DateTimeParseException | ArithmeticException _) {
            throw new Unfit(DEMAND);
        }
    }

    private static Duration sum(String text) {
        boolean negative = text.startsWith("-");
        Matcher part = PART.matcher(text).region(negative ? 1 : 0, text.length());
        Duration sum = Duration.ZERO;
        int end = negative ? 1 : 0;
        while (part.lookingAt()) {
            BigDecimal nanos =
                    new BigDecimal(part.group(1)).multiply(new BigDecimal(nanos(part.group(2))));
            BigDecimal[] seconds = nanos.divideAndRemainder(BigDecimal.valueOf(1_000_000_000));
            sum =
                    sum.plusSeconds(seconds[0].longValueExact())
                            .plusNanos(seconds[1].longValueExact());
            end = part.end();
            part.region(end, text.length());
        }
        if (end != text.length() || end <= (negative ? 1 : 0)) {
            throw new Unfit(DEMAND);
        }
        return negative ? sum.negated() : sum;
    }

    private static long nanos(String unit) {
        return switch (unit) {
            case "ns", "nanos", "nanosecond", "nanoseconds" -> 1L;
            case "us", "micros", "microsecond", "microseconds" -> 1_000L;
            case "ms", "millis", "millisecond", "milliseconds" -> 1_000_000L;
            case "s", "sec", "second", "seconds" -> 1_000_000_000L;
            case "m", "min", "minute", "minutes" -> 60_000_000_000L;
            case "h", "hour", "hours" -> 3_600_000_000_000L;
            case "d", "day", "days" -> 86_400_000_000_000L;
            default -> throw new Unfit(DEMAND);
        };
    }
}
