package io.patinox.benchmarks.config;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.zip.CRC32;

/// What is saved and read: properties that know which version they belong to, and whether they are
/// complete.
final class Content {

    /*
     * Every line carries the version and a checksum of the version, so that any mixture of two
     * versions and any cut within a line shows; the number of lines is fixed, so that any cut
     * between lines shows. All versions have the same length: two editors who write over each
     * other leave one content or the other, never the tail of a longer one.
     *
     * Lines that were appended later stand for themselves: the newest counts if all are intact.
     */

    /// The key under which everything stands.
    static final String PREFIX = "config";

    private static final String START = PREFIX + ".";
    private static final int LINES = 60;
    private static final String APPENDED = "a";

    private Content() {}

    /// Returns a file of that version.
    static byte[] whole(long version) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < LINES; i++) {
            line(text, key(i), value(version));
        }
        return bytes(text);
    }

    /// Returns a line that makes a file one of that version when it is appended.
    static byte[] addition(long version) {
        StringBuilder text = new StringBuilder();
        line(text, APPENDED + version, value(version));
        return bytes(text);
    }

    /// Returns what no reader of properties accepts.
    static byte[] invalid() {
        return bytes(new StringBuilder("config.broken=\\u00zz\n"));
    }

    /// Judges what a reader got, as [#read(Map)] does.
    static Reading read(Properties properties) {
        Map<String, String> entries = new HashMap<>();
        for (String key : properties.stringPropertyNames()) {
            // half a key, in a torn content, stands for itself
            String rest = key.startsWith(START) ? key.substring(START.length()) : key;
            entries.put(rest, properties.getProperty(key));
        }
        return read(entries);
    }

    /// Judges what a reader got.
    ///
    /// @param entries what stands under [#PREFIX], by the rest of the key
    static Reading read(Map<String, String> entries) {
        if (entries.isEmpty()) {
            return Reading.EMPTY;
        }
        long base = version(entries.getOrDefault(key(0), ""));
        String expected = value(base);
        for (int i = 0; i < LINES; i++) {
            if (!expected.equals(entries.get(key(i)))) {
                return Reading.TORN;
            }
        }
        long newest = base;
        for (Map.Entry<String, String> entry : entries.entrySet()) {
            if (entry.getKey().startsWith(APPENDED)) {
                long version = version(entry.getValue());
                if (!entry.getKey().equals(APPENDED + version)
                        || !entry.getValue().equals(value(version))) {
                    return Reading.TORN;
                }
                newest = Math.max(newest, version);
            }
        }
        return Reading.whole(newest);
    }

    private static String key(int line) {
        return "l" + line;
    }

    private static String value(long version) {
        CRC32 checksum = new CRC32();
        checksum.update(Long.toString(version).getBytes(StandardCharsets.US_ASCII));
        return "%010d-some-setting-of-a-service-%08x".formatted(version, checksum.getValue());
    }

    private static long version(String value) {
        int end = value.indexOf('-');
        try {
            return end < 0 ? -1 : Long.parseLong(value, 0, end, 10);
        } catch (NumberFormatException _) {
            return -1;
        }
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append(START).append(key).append('=').append(value).append('\n');
    }

    private static byte[] bytes(StringBuilder text) {
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
