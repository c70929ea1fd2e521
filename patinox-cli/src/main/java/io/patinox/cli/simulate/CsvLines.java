package io.patinox.cli.simulate;

import io.patinox.cli.terminal.Figures;
import java.nio.file.Path;

/// Columns between commas, of which one is the key. Columns may be in quotes, in which two quotes
/// stand for one. The first line is a heading if its key is no number but that of the second is.
final class CsvLines implements LineParser.Lines {

    private final Path file;
    private final int column;
    private final TraceBuilder builder;
    private String heading = "";
    private long seen;

    CsvLines(Path file, int column, TraceBuilder builder) {
        this.file = file;
        this.column = column;
        this.builder = builder;
    }

    @Override
    public void line(String line, long number) {
        String key = key(line, number);
        seen++;
        if (seen == 1 && TraceBuilder.asNumber(key) < 0) {
            // kept back until the second line tells what it is
            heading = key;
            return;
        }
        if (seen == 2 && !heading.isEmpty() && TraceBuilder.asNumber(key) < 0) {
            builder.add(heading);
        }
        if (!builder.isFull()) {
            builder.add(key);
        }
    }

    @Override
    public void end() {
        if (seen == 1 && !heading.isEmpty()) {
            builder.add(heading);
        }
    }

    private String key(String line, long number) {
        int start = 0;
        for (int i = 1; ; i++) {
            int end = end(line, start);
            if (i == column) {
                return unquoted(line.substring(start, end).strip());
            }
            if (end == line.length()) {
                throw new BadInputException(
                        "%s has %d %s in line %s and so no column %d; choose another --column"
                                .formatted(
                                        file,
                                        i,
                                        i == 1 ? "column" : "columns",
                                        Figures.count(number),
                                        column));
            }
            start = end + 1;
        }
    }

    /// Returns where the column ends that begins at a place: the next comma outside of quotes.
    private static int end(String line, int start) {
        boolean quoted = false;
        for (int i = start; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                return i;
            }
        }
        return line.length();
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1).replace("\"\"", "\"") : text;
    }
}
