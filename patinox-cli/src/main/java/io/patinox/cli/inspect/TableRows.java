package io.patinox.cli.inspect;

import io.patinox.cli.terminal.Screen;
import io.patinox.cli.terminal.Table;
import io.patinox.memory.mmap.MappedColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Records as a table, which is printed at the end: its columns line up. Long values are cut.
final class TableRows implements RowSink {
    private static final int WIDEST = 40;
    private static final String ELLIPSIS = "...";

    private final Screen screen;
    private final List<String> headings = new ArrayList<>(List.of("record"));
    private final List<List<String>> rows = new ArrayList<>();

    TableRows(Screen screen) {
        this.screen = screen;
    }

    @Override
    public void begin(List<MappedColumn> columns) {
        columns.forEach(column -> headings.add(cell(column.path())));
    }

    @Override
    public void row(long index, List<Object> values) {
        Stream<String> cells = values.stream().map(value -> cell(value.toString()));
        rows.add(Stream.concat(Stream.of(Long.toString(index)), cells).toList());
    }

    @Override
    public void end() {
        if (rows.isEmpty()) {
            return;
        }
        Table table = new Table(headings.toArray(String[]::new));
        rows.forEach(row -> table.row(row.toArray(String[]::new)));
        screen.line("\n" + String.join("\n", table.lines()));
    }

    private String cell(String text) {
        String begin = text.substring(0, Math.min(text.length(), WIDEST));
        String line = Printable.line(begin, screen.terminal().unicode());
        if (line.length() <= WIDEST && begin.length() == text.length()) {
            return line;
        }
        int end = WIDEST - ELLIPSIS.length();
        return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end)
                + ELLIPSIS;
    }
}
