package io.patinox.benchmarks.hitratio;

import io.patinox.benchmarks.door.MeasurementException;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// Real traces in a folder outside the project, named by the system property `patinox.traces`: in
/// `lirs/` gzipped text with a number a line, in `cache2k/` gzipped big-endian integers of 32 bits.
final class Traces {

    static final String PROPERTY = "patinox.traces";

    private Traces() {}

    /// {@return the folder, or null if none is given}
    static @Nullable Path folder() {
        String folder = System.getProperty(PROPERTY);
        return folder == null || folder.isBlank() ? null : Path.of(folder);
    }

    /// Reads a trace.
    ///
    /// @param folder the folder of all traces
    /// @param file the path in it
    /// @return the keys
    static int[] read(Path folder, String file) {
        Path path = folder.resolve(file);
        try (InputStream in = new GZIPInputStream(Files.newInputStream(path))) {
            byte[] content = in.readAllBytes();
            return file.startsWith("lirs/") ? text(content) : binary(content);
        } catch (IOException e) {
            throw new MeasurementException("the trace %s can't be read".formatted(path), e);
        }
    }

    private static int[] binary(byte[] content) {
        int[] keys = new int[content.length / Integer.BYTES];
        ByteBuffer.wrap(content).asIntBuffer().get(keys);
        return keys;
    }

    private static int[] text(byte[] content) throws IOException {
        Map<String, Integer> numbers = new HashMap<>();
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(
                                new ByteArrayInputStream(content), StandardCharsets.UTF_8))) {
            return reader.lines()
                    .map(String::strip)
                    // a star is a mark of the trace's makers, not a key
                    .filter(line -> !line.isEmpty() && !line.equals("*"))
                    .mapToInt(line -> numbers.computeIfAbsent(line, _ -> numbers.size()))
                    .toArray();
        }
    }
}
