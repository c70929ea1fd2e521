package io.patinox.memory.cache.internal;

import io.patinox.memory.cache.Sizer;
import io.patinox.memory.error.InvalidOptionException;

/// Measures strings, boxes and arrays of primitives: their layout is known. As a 64-bit JVM with
/// compressed references lays them out.
public final class HeapSizer {

    private static final int ARRAY_HEADER = 16;
    private static final int STRING = 24;
    // what the cache has of an entry: the entry itself, and its part of the table
    private static final int ENTRY = 112;

    private HeapSizer() {}

    /// Returns the sizer of keys, which adds what the cache itself needs for an entry.
    ///
    /// @return the sizer
    public static Sizer<Object> key() {
        return key -> ENTRY + measure("keySizer", key);
    }

    /// Returns the sizer of values.
    ///
    /// @return the sizer
    public static Sizer<Object> value() {
        return value -> measure("valueSizer", value);
    }

    private static long measure(String option, Object object) {
        return switch (object) {
            case String text -> STRING + array(text.length(), latin1(text) ? 1 : 2);
            case byte[] array -> array(array.length, 1);
            case boolean[] array -> array(array.length, 1);
            case short[] array -> array(array.length, 2);
            case char[] array -> array(array.length, 2);
            case int[] array -> array(array.length, 4);
            case float[] array -> array(array.length, 4);
            case long[] array -> array(array.length, 8);
            case double[] array -> array(array.length, 8);
            case Long _, Double _ -> 24;
            case Integer _, Float _, Short _, Character _, Byte _, Boolean _ -> 16;
            case Enum<?> _ -> 0;
            default ->
                    throw new InvalidOptionException(
                            option,
                            object.getClass().getName(),
                            "given for types that are no string, box or array of primitives",
                            "set " + option + " when the cache is built");
        };
    }

    private static long array(int length, int width) {
        return (ARRAY_HEADER + (long) length * width + 7) & -8;
    }

    private static boolean latin1(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0xFF) {
                return false;
            }
        }
        return true;
    }
}
