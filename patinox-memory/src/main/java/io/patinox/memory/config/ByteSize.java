package io.patinox.memory.config;

import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.error.Options;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A number of bytes, with units in its text: `64MiB`, `1.5 GB`, `512`. Immutable.
///
/// `KiB`, `MiB`, `GiB`, `TiB` and `PiB` are powers of 1,024; `kB`, `MB`, `GB`, `TB` and `PB` are
/// powers of 1,000; case does not matter. A bare `M` could be either and is refused.
///
/// @param bytes the number, from 0
public record ByteSize(long bytes) implements Comparable<ByteSize> {

    private static final Pattern FORM =
            Pattern.compile("(\\d{1,19}(?:\\.\\d{1,9})?)\\s*([a-z]*)", Pattern.CASE_INSENSITIVE);

    private static final Map<String, Long> UNITS =
            Map.ofEntries(
                    Map.entry("", 1L),
                    Map.entry("b", 1L),
                    Map.entry("kib", 1L << 10),
                    Map.entry("mib", 1L << 20),
                    Map.entry("gib", 1L << 30),
                    Map.entry("tib", 1L << 40),
                    Map.entry("pib", 1L << 50),
                    Map.entry("kb", 1_000L),
                    Map.entry("mb", 1_000_000L),
                    Map.entry("gb", 1_000_000_000L),
                    Map.entry("tb", 1_000_000_000_000L),
                    Map.entry("pb", 1_000_000_000_000_000L));

    private static final String[] BINARY = {"PiB", "TiB", "GiB", "MiB", "KiB"};

    /// Checks the number.
    public ByteSize {
        Options.inRange("bytes", bytes, 0L, Long.MAX_VALUE);
    }

    /// Reads a text.
    ///
    /// @param text for example `64MiB`
    /// @return the size
    /// @throws InvalidOptionException if it has another form, or is no whole number of bytes
    public static ByteSize parse(String text) {
        Options.required("text", text);
        Matcher form = FORM.matcher(text.strip());
        Long unit = form.matches() ? UNITS.get(form.group(2).toLowerCase(Locale.ROOT)) : null;
        try {
            if (unit != null) {
                BigDecimal number = new BigDecimal(form.group(1));
                return new ByteSize(number.multiply(BigDecimal.valueOf(unit)).longValueExact());
            }
        } catch (ArithmeticException _) {
            // refused below
        }
        throw new InvalidOptionException(
                "text",
                text,
                "a whole number of bytes with a unit such as KiB, MiB, GiB, kB, MB or GB",
                "write for example 64MiB");
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /// Returns the size in the largest unit of 1,024 that gives a whole number.
    ///
    /// @return for example `64MiB`, which [#parse] reads
    @Override
    public String toString() {
        for (int i = 0; i < BINARY.length; i++) {
            long unit = 1L << (10 * (BINARY.length - i));
            if (bytes >= unit && bytes % unit == 0) {
                return bytes / unit + BINARY[i];
            }
        }
        return bytes + "B";
    }
}
