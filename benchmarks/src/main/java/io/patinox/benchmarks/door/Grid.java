package io.patinox.benchmarks.door;

import java.util.ArrayList;
import java.util.List;

/// Rows and columns of text, printed for a terminal or as Markdown.
///
/// @param head the columns' names
/// @param rows the cells, as many in a row as there are columns
record Grid(List<String> head, List<List<String>> rows) {

    /// Returns lines of aligned columns: the first to the left, figures to the right.
    String text() {
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < head.size(); column++) {
            int width = head.get(column).length();
            for (List<String> row : rows) {
                width = Math.max(width, row.get(column).length());
            }
            widths.add(width);
        }
        StringBuilder text = new StringBuilder();
        line(text, head, widths);
        rows.forEach(row -> line(text, row, widths));
        return text.toString();
    }

    private static void line(StringBuilder text, List<String> cells, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            String padding = " ".repeat(widths.get(column) - cell.length());
            line.append("  ").append(column == 0 ? cell + padding : padding + cell);
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }

    /// Returns a Markdown table.
    String markdown() {
        StringBuilder text = new StringBuilder();
        markdown(text, head);
        text.append("|---").append("|--:".repeat(head.size() - 1)).append("|\n");
        rows.forEach(row -> markdown(text, row));
        return text.toString();
    }

    private static void markdown(StringBuilder text, List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    /// Returns the grid cut into grids of at most that many columns, each with the first column.
    List<Grid> cut(int columns) {
        List<Grid> parts = new ArrayList<>();
        for (int from = 1; from < head.size(); from += columns - 1) {
            int to = Math.min(head.size(), from + columns - 1);
            List<List<String>> cells = new ArrayList<>();
            for (List<String> row : rows) {
                cells.add(slice(row, from, to));
            }
            parts.add(new Grid(slice(head, from, to), cells));
        }
        return parts;
    }

    private static List<String> slice(List<String> row, int from, int to) {
        List<String> cells = new ArrayList<>();
        cells.add(row.getFirst());
        cells.addAll(row.subList(from, to));
        return cells;
    }
}
