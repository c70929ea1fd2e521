package io.patinox.cli.simulate;

import io.patinox.cli.terminal.Figures;
import java.nio.file.Path;

/// A block number a line.
///
/// @param file what is read
/// @param builder takes the requests
record LirsLines(Path file, TraceBuilder builder) implements LineParser.Lines {

    @Override
    public void line(String line, long number) {
        builder.add(number(file, line, number, "text"));
    }

    /// Reads a number, or says where there is none.
    static long number(Path file, String text, long line, String otherFormat) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new BadInputException(
                    "%s has '%s' in line %s where a number must be; mend it, or use --format %s"
                            .formatted(file, shortened(text), Figures.count(line), otherFormat));
        }
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 37) + "...";
    }
}
