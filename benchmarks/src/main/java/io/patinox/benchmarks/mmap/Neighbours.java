package io.patinox.benchmarks.mmap;

import io.patinox.memory.mmap.MappedFile;
import io.patinox.memory.mmap.MutableMappedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongFunction;

/// Other record types that the program uses, too: whatever code of a library all types share has
/// seen these before it meets the one that is measured.
final class Neighbours {
    private static final int ELEMENTS = 1_000;
    private static final int PASSES = 200;

    /// The first other type.
    ///
    /// @param x a coordinate
    /// @param y a coordinate
    /// @param z a coordinate
    public record Point(double x, double y, double z) {}

    /// The second other type.
    ///
    /// @param at a time
    /// @param kind a kind
    /// @param level a level
    /// @param value a value
    public record Event(long at, short kind, byte level, float value) {}

    /// The third other type.
    ///
    /// @param key a key
    /// @param value a value
    public record Pair(int key, long value) {}

    private Neighbours() {}

    /// Uses each type until its code, and what it shares with others, is hot.
    ///
    /// @return something that depends on all that was read
    static long heat() throws IOException {
        Path folder = Files.createTempDirectory("patinox-mmap");
        try {
            return heat(folder, Point.class, i -> new Point(i, i, i), "y", true)
                    + heat(folder, Event.class, i -> new Event(i, (short) i, (byte) 1, i), "at")
                    + heat(folder, Pair.class, i -> new Pair((int) i, i), "value");
        } finally {
            Files.delete(folder);
        }
    }

    private static <T> long heat(Path folder, Class<T> type, LongFunction<T> value, String column)
            throws IOException {
        return heat(folder, type, value, column, false);
    }

    private static <T> long heat(
            Path folder, Class<T> type, LongFunction<T> value, String column, boolean fraction)
            throws IOException {
        Path path = folder.resolve(type.getSimpleName());
        long[] seen = new long[1];
        try (MutableMappedFile<T> file = MappedFile.builder(path, type).create(ELEMENTS)) {
            for (int pass = 0; pass < PASSES; pass++) {
                file.write(slice -> {
                    for (long i = 0; i < slice.count(); i++) {
                        slice.set(i, value.apply(i));
                        seen[0] += slice.get(i).hashCode();
                    }
                    slice.forEach(element -> seen[0] += element.hashCode());
                    for (T element : slice) {
                        seen[0] += element.hashCode();
                    }
                    seen[0] += fraction ? (long) slice.sumDouble(column) : slice.sumLong(column);
                });
            }
        } finally {
            Files.deleteIfExists(path);
        }
        return seen[0];
    }
}
