package io.patinox.cli.simulate;

import java.util.Locale;

/// How a trace is written down.
enum TraceFormat {
    /// To be found out.
    AUTO,
    /// A key a line; empty lines and lines `*` are none.
    TEXT,
    /// Big-endian numbers of 4 bytes.
    INT32,
    /// Big-endian numbers of 8 bytes.
    INT64,
    /// Lines of columns between commas, one of which is the key.
    CSV,
    /// Lines of a first key, how many keys follow each other, and two more numbers.
    ARC,
    /// A number a line; lines `*` are marks.
    LIRS;

    private static final int TELLING = 64;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Returns the format that a file seems to have.
    ///
    /// @param name the file's name, without `.gz` or `.xz`
    /// @param start the beginning of its content
    static TraceFormat detect(String name, byte[] start) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".csv")) {
            return CSV;
        }
        if (!isText(start)) {
            return isWide(start) ? INT64 : INT32;
        }
        String[] lines = new String(start, java.nio.charset.StandardCharsets.UTF_8).split("\n", -1);
        // the last line may be cut off
        int whole = Math.clamp(lines.length - 1L, 1, TELLING);
        boolean arc = true;
        boolean csv = true;
        for (int i = 0; i < whole; i++) {
            String line = lines[i].strip();
            arc &= line.matches("[0-9]+(\\s+[0-9]+){3}");
            csv &= line.indexOf(',') >= 0;
        }
        return arc ? ARC : csv ? CSV : TEXT;
    }

    private static boolean isText(byte[] start) {
        for (byte b : start) {
            if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t') {
                return false;
            }
        }
        return true;
    }

    /// Numbers of 8 bytes are rarely so large that they need all of them: then every second word of
    /// 4 bytes is 0, or nearly so, and the others are not.
    private static boolean isWide(byte[] start) {
        int pairs = Math.min(TELLING, start.length / 8);
        int narrow = 0;
        for (int i = 0; i < pairs; i++) {
            boolean upperEmpty = start[8 * i] == 0 && start[8 * i + 1] == 0;
            boolean lowerFull = false;
            for (int at = 4; at < 8; at++) {
                lowerFull |= start[8 * i + at] != 0;
            }
            boolean upperZero = upperEmpty && start[8 * i + 2] == 0 && start[8 * i + 3] == 0;
            narrow += upperZero && lowerFull ? 0 : 1;
        }
        return pairs > 0 && narrow * 10 < pairs;
    }
}
