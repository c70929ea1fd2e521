package io.patinox.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/// Rows whose columns line up: the first is set flush left, the others flush right.
///
/// Not safe for use by several threads at once.
public final class Table {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    /// Makes a table.
    ///
    /// @param headings one a column
    public Table(String... headings) {
        rows.add(List.of(headings));
    }

    /// Adds a row.
    ///
    /// @param cells one a column
    /// @return this table
    /// @throws IllegalArgumentException if there are more or fewer cells than columns
    public Table row(String... cells) {
        if (cells.length != rows.getFirst().size()) {
            throw new IllegalArgumentException(
                    "The row has %d cells, the table has %d columns"
                            .formatted(cells.length, rows.getFirst().size()));
        }
        rows.add(List.of(cells));
        return this;
    }

    /// Returns the lines of the table, headings first, none with blanks at its end.
    public List<String> lines() {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String blanks = " ".repeat(widths[i] - row.get(i).length());
            line.append(i == 0 ? row.get(i) + blanks : GAP + blanks + row.get(i));
        }
        return line.toString().stripTrailing();
    }
}
