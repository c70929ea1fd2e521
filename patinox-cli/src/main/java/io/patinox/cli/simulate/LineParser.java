package io.patinox.cli.simulate;

import io.patinox.cli.terminal.Figures;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Lines of text in UTF-8. Empty lines, and lines that are a single `*`, are skipped.
///
/// @param file what is read
/// @param format what the lines are
/// @param lines takes each line
/// @param builder tells when enough has been read
record LineParser(Path file, TraceFormat format, Lines lines, TraceBuilder builder)
        implements TraceParser {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /// What takes the lines.
    interface Lines {
        /// Takes a line that is not empty.
        ///
        /// @param line the line, without blanks around it
        /// @param number its number, from 1
        void line(String line, long number);

        /// Is told that there are no more lines.
        default void end() {}
    }

    @Override
    public void read(InputStream in) throws IOException {
        // a decoder that is made this way refuses what is not UTF-8
        var reader =
                new BufferedReader(
                        new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()), 1 << 16);
        long number = 0;
        try {
            while (!builder.isFull()) {
                String line = reader.readLine();
                if (line == null) {
                    break;
                }
                number++;
                boolean marked = number == 1 && line.startsWith(BYTE_ORDER_MARK);
                String stripped = line.substring(marked ? 1 : 0).strip();
                if (!stripped.isEmpty() && !stripped.equals("*")) {
                    lines.line(stripped, number);
                }
            }
            lines.end();
        } catch (CharacterCodingException e) {
            throw new BadInputException(
                    ("%s is no text in UTF-8 somewhere after line %s; choose another --format than"
                                    + " %s")
                            .formatted(file, Figures.count(number), format));
        }
    }
}
