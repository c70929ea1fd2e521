package io.patinox.memory.config.internal;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Numbers, exactly or not at all.
final class Numbers {

    private static final int LONGEST = 1_000;
    private static final int WIDEST = 10_000;

    private static final Map<Class<?>, Long> LIMITS =
            Map.of(
                    byte.class, (long) Byte.MAX_VALUE,
                    Byte.class, (long) Byte.MAX_VALUE,
                    short.class, (long) Short.MAX_VALUE,
                    Short.class, (long) Short.MAX_VALUE,
                    int.class, (long) Integer.MAX_VALUE,
                    Integer.class, (long) Integer.MAX_VALUE,
                    long.class, Long.MAX_VALUE,
                    Long.class, Long.MAX_VALUE);

    private Numbers() {}

    static boolean knows(Class<?> type) {
        return LIMITS.containsKey(type)
                || type == double.class
                || type == Double.class
                || type == float.class
                || type == Float.class
                || type == BigInteger.class
                || type == BigDecimal.class;
    }

    static Object convert(Class<?> type, Object value) {
        if (type == double.class || type == Double.class) {
            return real(value, Double.MAX_VALUE);
        }
        if (type == float.class || type == Float.class) {
            return (float) real(value, Float.MAX_VALUE);
        }
        BigDecimal number = decimal(value);
        if (type == BigDecimal.class) {
            return fit(number, "must be a number");
        }
        if (type == BigInteger.class) {
            return whole(number, "must be a whole number");
        }
        long limit = Objects.requireNonNull(LIMITS.get(type));
        String demand =
                String.format(
                        Locale.ROOT, "must be a whole number from %,d to %,d", -limit - 1, limit);
        BigInteger whole = whole(number, demand);
        if (whole.compareTo(BigInteger.valueOf(limit)) > 0
                || whole.compareTo(BigInteger.valueOf(-limit - 1)) < 0) {
            throw new Unfit(demand);
        }
        return sized(type, whole.longValueExact());
    }

    private static Object sized(Class<?> type, long value) {
        if (type == long.class || type == Long.class) {
            return value;
        }
        if (type == int.class || type == Integer.class) {
            return (int) value;
        }
        return type == short.class || type == Short.class
                ? (Object) (short) value
                : (Object) (byte) value;
    }

    private static double real(Object value, double limit) {
        Double number =
                value instanceof Double there
                        ? there
                        : value instanceof String text ? named(text.strip()) : null;
        if (number == null) {
            number = fit(decimal(value), "must be a number").doubleValue();
            if (Math.abs(number) > limit) {
                throw new Unfit("must be a number of at most " + limit);
            }
        }
        return number;
    }

    /// Values that have names and no digits.
    private static @Nullable Double named(String text) {
        return switch (text) {
            case "NaN", ".nan", "nan" -> Double.NaN;
            case "Infinity", ".inf", "inf" -> Double.POSITIVE_INFINITY;
            case "-Infinity", "-.inf", "-inf" -> Double.NEGATIVE_INFINITY;
            default -> null;
        };
    }

    private static BigInteger whole(@Nullable BigDecimal number, String demand) {
        BigDecimal fit = fit(number, demand);
        // toBigIntegerExact of 1e9999 makes ten thousand digits, of 1e999999999 it would not
        // end
        if (fit.stripTrailingZeros().scale() > 0 || fit.precision() - fit.scale() > WIDEST) {
            throw new Unfit(demand);
        }
        return fit.toBigIntegerExact();
    }

    private static BigDecimal fit(@Nullable BigDecimal number, String demand) {
        if (number == null || Math.abs((long) number.scale()) > WIDEST) {
            throw new Unfit(demand);
        }
        return number;
    }

    private static @Nullable BigDecimal decimal(Object value) {
        return switch (value) {
            case Long whole -> BigDecimal.valueOf(whole);
            case BigInteger whole -> new BigDecimal(whole);
            case BigDecimal decimal -> decimal;
            case Double real -> Double.isFinite(real) ? BigDecimal.valueOf(real) : null;
            case String text -> parse(text.strip());
            default -> null;
        };
    }

    private static @Nullable BigDecimal parse(String text) {
        try {
            return text.length() > LONGEST ? null : new BigDecimal(text);
        } catch (NumberFormatException _) {
            return null;
        }
    }
}
