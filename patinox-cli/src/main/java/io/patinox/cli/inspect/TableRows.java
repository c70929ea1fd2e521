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
        if (text.length() <= WIDEST) {
            String whole = shown(text, text.length());
            if (whole.length() <= WIDEST) {
                return whole;
            }
        }
        int length = Math.min(text.length(), WIDEST - ELLIPSIS.length());
        while (shown(text, length).length() > WIDEST - ELLIPSIS.length()) {
            length--; // what is escaped, and pairs of chars, are kept whole or not at all
        }
        return shown(text, length) + ELLIPSIS;
    }

    private String shown(String text, int length) {
        boolean split = length > 0 && Character.isHighSurrogate(text.charAt(length - 1));
        int end = split && length < text.length() ? length - 1 : length;
        return Printable.line(text.substring(0, end), screen.terminal().unicode());
    }
}
