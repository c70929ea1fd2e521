package io.patinox.memory.mmap.internal.layout;

import io.patinox.memory.error.MappingValueException;
import io.patinox.memory.internal.Describe;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Array;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

/// What a default is as a value: read as Java's own methods read such a text. What could not be
/// written into a file could not stand in an older one either, so it is no default.
final class Defaults {
    private Defaults() {}

    /// Returns the value of a default.
    ///
    /// @param site the component
    /// @param leaf what it is
    /// @param part what writes it
    /// @param text the default as it was given
    static Object value(Site site, Node.Leaf leaf, Part part, String text) {
        Object value;
        try {
            value = leaf.type().isArray() ? array(leaf, text) : single(leaf.type(), text);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw site.refused(
                    "@DefaultValue '" + Describe.line(text) + "' is no " + name(leaf.type()), e);
        }
        if (part instanceof Part.Coded coded) {
            requireWritable(site, coded, value, text);
        }
        return value;
    }

    private static String name(Class<?> type) {
        return type.isArray() ? type.componentType().getName() : type.getName();
    }

    private static Object array(Node.Leaf leaf, String text) {
        Class<?> element = leaf.type().componentType();
        Object value = single(element, text);
        Object array = Array.newInstance(element, leaf.length());
        for (int i = 0; i < leaf.length(); i++) {
            Array.set(array, i, value);
        }
        return array;
    }

    private static Object single(Class<?> type, String text) {
        if (type == String.class) {
            return text;
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .filter(constant -> ((Enum<?>) constant).name().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no such constant"));
        }
        return switch (type.getName()) {
            case "boolean" -> bool(text);
            case "byte" -> Byte.valueOf(text);
            case "short" -> Short.valueOf(text);
            case "char" -> character(text);
            case "int" -> Integer.valueOf(text);
            case "long" -> Long.valueOf(text);
            case "float" -> Float.valueOf(text);
            case "double" -> Double.valueOf(text);
            case "java.time.Instant" -> Instant.parse(text);
            case "java.time.Duration" -> Duration.parse(text);
            case "java.util.UUID" -> uuid(text);
            default -> throw new IllegalArgumentException("no defaults for " + type);
        };
    }

    private static Boolean bool(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("true or false");
        }
        return text.equals("true");
    }

    private static Character character(String text) {
        if (text.length() != 1) {
            throw new IllegalArgumentException("one character");
        }
        return text.charAt(0);
    }

    /// Java takes shorter groups, too, which are more likely slips.
    private static UUID uuid(String text) {
        UUID uuid = UUID.fromString(text);
        if (text.length() != 36) {
            throw new IllegalArgumentException("36 characters");
        }
        return uuid;
    }

    private static void requireWritable(Site site, Part.Coded coded, Object value, String text) {
        MemorySegment draft = MemorySegment.ofArray(new byte[coded.column().byteSize()]);
        try {
            coded.write().invoke(new Body(site.type(), null), draft, 0L, value);
        } catch (MappingValueException e) {
            throw site.refused(
                    "@DefaultValue '" + Describe.line(text) + "' does not fit: " + e.reason(), e);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("codecs throw nothing else", e);
        }
    }
}
