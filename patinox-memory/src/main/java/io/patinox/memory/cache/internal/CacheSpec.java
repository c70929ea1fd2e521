package io.patinox.memory.cache.internal;

import io.patinox.memory.cache.CacheBuilder;
import io.patinox.memory.cache.EvictionPolicy;
import io.patinox.memory.error.InvalidOptionException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the options of a cache from a text such as `maxEntries=10_000, expireAfterWrite=10m`.
public final class CacheSpec {

    private static final List<String> OPTIONS =
            List.of(
                    "name",
                    "maxEntries",
                    "maxBytes",
                    "policy",
                    "shards",
                    "initialCapacity",
                    "expireAfterWrite",
                    "expireAfterAccess",
                    "expiryJitter",
                    "preciseExpiry",
                    "recordTimes",
                    "recordStatistics",
                    "entryOptions",
                    "unbounded",
                    "jmx");

    private static final Map<String, Long> UNITS =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

    private CacheSpec() {}

    /// Sets the options of a text.
    ///
    /// @param builder what to set them of
    /// @param spec the text
    /// @throws InvalidOptionException if an option is unknown, or its value is out of range
    public static void apply(CacheBuilder<?, ?> builder, String spec) {
        for (String part : spec.split(",", -1)) {
            String setting = part.strip();
            if (setting.isEmpty() && spec.isBlank()) {
                return;
            }
            int equals = setting.indexOf('=');
            String option = equals < 0 ? setting : setting.substring(0, equals).strip();
            String value = equals < 0 ? "true" : setting.substring(equals + 1).strip();
            set(builder, option, value);
        }
    }

    private static void set(CacheBuilder<?, ?> builder, String option, String value) {
        var _ =
                switch (option) {
                    case "name" -> builder.name(value);
                    case "maxEntries" -> builder.maxEntries(number(option, value));
                    case "maxBytes" -> builder.maxBytes(number(option, value));
                    case "policy" -> builder.policy(EvictionPolicy.byName(value));
                    case "shards" -> builder.shards(small(option, value));
                    case "initialCapacity" -> builder.initialCapacity(small(option, value));
                    case "expireAfterWrite" -> builder.expireAfterWrite(time(option, value));
                    case "expireAfterAccess" -> builder.expireAfterAccess(time(option, value));
                    case "expiryJitter" -> builder.expiryJitter(fraction(option, value));
                    case "preciseExpiry" -> builder.preciseExpiry(flag(option, value));
                    case "recordTimes" -> builder.recordTimes(flag(option, value));
                    case "recordStatistics" -> builder.recordStatistics(flag(option, value));
                    case "entryOptions" -> builder.entryOptions(flag(option, value));
                    case "unbounded" -> flag(option, value) ? builder.unbounded() : builder;
                    case "jmx" -> builder.jmx(flag(option, value));
                    default ->
                            throw new InvalidOptionException(
                                    "spec",
                                    option,
                                    "one of " + String.join(", ", OPTIONS),
                                    "set what needs code by a method of the builder");
                };
    }

    private static long number(String option, String value) {
        try {
            return Long.parseLong(value.replace("_", ""));
        } catch (NumberFormatException e) {
            throw wrong(option, value, "a whole number, such as 10_000", e);
        }
    }

    private static int small(String option, String value) {
        return Math.clamp(number(option, value), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    private static double fraction(String option, String value) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw wrong(option, value, "a number, such as 0.1", e);
        }
    }

    private static boolean flag(String option, String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(option, value, "true or false", null);
        };
    }

    private static Duration time(String option, String value) {
        String text = value.toLowerCase(Locale.ROOT);
        int digits = 0;
        while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
            digits++;
        }
        Long millis = UNITS.get(text.substring(digits).strip());
        try {
            return millis != null && digits > 0
                    ? Duration.ofMillis(
                            Math.multiplyExact(Long.parseLong(text.substring(0, digits)), millis))
                    : Duration.parse(value);
        } catch (DateTimeParseException | NumberFormatException | ArithmeticException e) {
            throw wrong(option, value, "a time, such as 500ms, 30s, 10m, 2h, 7d or PT10M", e);
        }
    }

    private static InvalidOptionException wrong(
            String option, String value, String bound, @Nullable Throwable cause) {
        InvalidOptionException wrong =
                new InvalidOptionException(option, value, bound, "write it so");
        if (cause != null) {
            wrong.addSuppressed(cause);
        }
        return wrong;
    }
}
