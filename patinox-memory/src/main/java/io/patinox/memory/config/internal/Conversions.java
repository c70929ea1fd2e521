package io.patinox.memory.config.internal;

import io.patinox.memory.config.ByteSize;
import io.patinox.memory.error.InvalidOptionException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

final class Conversions {

    /*
     * Converts plain values. A value that is text in its source is read as whatever is wanted,
     * because environment variables and properties have nothing but text. A number or boolean of a
     * format that knows them is taken as what it is: it does not become text, because 010 or 1.10
     * has lost its form by then, and the error says to quote it. Nothing is rounded or cut.
     */

    private record Conversion(String demand, Function<String, Object> parse) {}

    private static final Map<Class<?>, Conversion> TEXTS = new HashMap<>();

    static {
        text(ByteSize.class, "a size such as 64MiB", ByteSize::parse);
        text(Duration.class, "a duration such as 30s", Durations::parse);
        text(Period.class, "a period such as P1Y2M3D", Period::parse);
        text(Path.class, "a path", Path::of);
        text(URI.class, "a URI", URI::create);
        text(Instant.class, "a moment such as 2030-01-31T08:00:00Z", Instant::parse);
        text(LocalDate.class, "a date such as 2030-01-31", LocalDate::parse);
        text(LocalTime.class, "a time such as 08:30", LocalTime::parse);
        text(LocalDateTime.class, "a time such as 2030-01-31T08:30", LocalDateTime::parse);
        text(OffsetDateTime.class, "a time such as 2030-01-31T08:30+01:00", OffsetDateTime::parse);
        text(
                ZonedDateTime.class,
                "a time such as 2030-01-31T08:30+01:00[Europe/Berlin]",
                ZonedDateTime::parse);
        text(ZoneId.class, "a time zone such as Europe/Berlin", ZoneId::of);
        text(UUID.class, "a UUID", UUID::fromString);
        text(Charset.class, "a charset such as UTF-8", Charset::forName);
        text(Pattern.class, "a regular expression", Pattern::compile);
        text(Locale.class, "a language tag such as de-CH", Conversions::locale);
        text(char[].class, "text", String::toCharArray);
        text(byte[].class, "text", text -> text.getBytes(StandardCharsets.UTF_8));
    }

    private static <T> void text(Class<T> type, String what, Function<String, T> parse) {
        TEXTS.put(type, new Conversion("must be " + what, parse::apply));
    }

    private Conversions() {}

    static boolean knows(Class<?> type) {
        return type.isEnum()
                || TEXTS.containsKey(type)
                || type == String.class
                || type == Boolean.class
                || type == boolean.class
                || type == Character.class
                || type == char.class
                || Numbers.knows(type);
    }

    /// Converts a value, or throws an [Unfit].
    static Object convert(Class<?> type, Object value) {
        String text = value instanceof String read ? read : null;
        if (type == String.class) {
            return text(text);
        }
        if (type == boolean.class || type == Boolean.class) {
            return bool(value, text);
        }
        if (type == char.class || type == Character.class) {
            if (text == null || text.length() != 1) {
                throw new Unfit("must be one character");
            }
            return text.charAt(0);
        }
        if (type.isEnum()) {
            return constant(type, text);
        }
        if (Numbers.knows(type)) {
            return Numbers.convert(type, value);
        }
        if (type == ByteSize.class && value instanceof Long bytes && bytes >= 0) {
            return new ByteSize(bytes);
        }
        return parsed(Objects.requireNonNull(TEXTS.get(type)), type, value, text);
    }

    private static Object parsed(
            Conversion conversion, Class<?> type, Object value, @Nullable String text) {
        if (text == null && type == Duration.class) {
            // zero needs no unit; the demand of anything else names the units
            return Durations.parse(value.equals(0L) ? "0" : "");
        }
        if (text == null) {
            throw new Unfit(conversion.demand() + ", in quotes");
        }
        try {
            boolean raw = type == char[].class || type == byte[].class || type == Pattern.class;
            return conversion.parse().apply(raw ? text : text.strip());
        } catch (DateTimeException | IllegalArgumentException | InvalidOptionException _) {
            throw new Unfit(conversion.demand());
        }
    }

    private static String text(@Nullable String text) {
        if (text == null) {
            throw new Unfit("must be text, in quotes");
        }
        return text;
    }

    private static Object bool(Object value, @Nullable String text) {
        if (value instanceof Boolean) {
            return value;
        }
        String stripped = text == null ? "" : text.strip();
        if (stripped.equalsIgnoreCase("true")) {
            return true;
        }
        if (stripped.equalsIgnoreCase("false")) {
            return false;
        }
        throw new Unfit("must be true or false");
    }

    private static Object constant(Class<?> type, @Nullable String text) {
        Object[] constants = type.getEnumConstants();
        for (Object constant : constants) {
            if (text != null && Names.same(((Enum<?>) constant).name(), text.strip())) {
                return constant;
            }
        }
        throw new Unfit(
                "must be one of "
                        + Arrays.stream(constants)
                                .map(constant -> ((Enum<?>) constant).name())
                                .collect(Collectors.joining(", ")));
    }

    private static Locale locale(String tag) {
        try {
            return new Locale.Builder().setLanguageTag(tag).build();
        } catch (IllformedLocaleException _) {
            throw new Unfit("must be a language tag such as de-CH");
        }
    }
}
