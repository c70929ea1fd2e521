package io.patinox.cli.simulate;

import io.patinox.cli.terminal.Figures;
import java.nio.file.Path;

/// Lines of a first block, how many blocks follow each other, and two numbers that don't matter.
///
/// @param file what is read
/// @param builder takes the requests
record ArcLines(Path file, TraceBuilder builder) implements LineParser.Lines {

    private static final long MOST_BLOCKS = 1_000_000;

    @Override
    public void line(String line, long number) {
        String[] parts = line.split("\\s+", -1);
        if (parts.length < 2) {
            throw new BadInputException(
                    ("%s has one column in line %s where ARC has a start and a count; use --format"
                                    + " text")
                            .formatted(file, Figures.count(number)));
        }
        long start = LirsLines.number(file, parts[0], number, "csv");
        long count = LirsLines.number(file, parts[1], number, "csv");
        if (count < 0 || count > MOST_BLOCKS) {
            throw new BadInputException(
                    "%s has the count %s in line %s, which must be 0 to %s; use --format csv"
                            .formatted(
                                    file,
                                    parts[1],
                                    Figures.count(number),
                                    Figures.count(MOST_BLOCKS)));
        }
        for (long i = 0; i < count && !builder.isFull(); i++) {
            builder.add(start + i);
        }
    }
}
