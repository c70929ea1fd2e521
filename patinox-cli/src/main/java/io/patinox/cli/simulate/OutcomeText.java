package io.patinox.cli.simulate;

import io.patinox.cli.terminal.Figures;
import io.patinox.cli.terminal.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// Outcomes as tables of text, and as lines of comma-separated values.
final class OutcomeText {

    private static final String BEST = "*";

    private OutcomeText() {}

    /// Returns the lines of a table: hit ratios in percent, a row for each policy.
    static List<String> table(Outcome outcome) {
        List<String> headings = new ArrayList<>(List.of("hits in %"));
        outcome.sizes().forEach(size -> headings.add(Figures.count(size) + " "));
        Table table = new Table(headings.toArray(String[]::new));
        for (Outcome.Row row : outcome.rows()) {
            List<String> cells = new ArrayList<>(List.of(row.policy()));
            for (int i = 0; i < outcome.sizes().size(); i++) {
                String mark = outcome.isBest(row, i) ? BEST : " ";
                cells.add(percent(outcome.percent(row, i)) + mark);
            }
            table.row(cells.toArray(String[]::new));
        }
        List<String> lines = new ArrayList<>();
        lines.add(
                "%s: %s requests for %s keys"
                        .formatted(
                                outcome.trace(),
                                Figures.count(outcome.requests()),
                                Figures.count(outcome.keys())));
        lines.addAll(table.lines());
        return lines;
    }

    /// Returns the lines of a table of means over all traces and sizes.
    static List<String> means(List<Outcome> outcomes) {
        Table table = new Table("over all", "mean", "best at", "of");
        for (int r = 0; r < outcomes.getFirst().rows().size(); r++) {
            double sum = 0;
            int cells = 0;
            int best = 0;
            for (Outcome outcome : outcomes) {
                Outcome.Row row = outcome.rows().get(r);
                for (int i = 0; i < outcome.sizes().size(); i++) {
                    sum += outcome.percent(row, i);
                    best += outcome.isBest(row, i) ? 1 : 0;
                    cells++;
                }
            }
            String policy = outcomes.getFirst().rows().get(r).policy();
            boolean optimum = policy.equals(Optimum.NAME);
            table.row(
                    policy, percent(sum / cells), optimum ? "-" : "" + best, Figures.count(cells));
        }
        return table.lines();
    }

    /// Returns a line for each hit ratio, after a heading.
    static List<String> csv(List<Outcome> outcomes) {
        List<String> lines = new ArrayList<>();
        lines.add("trace,requests,keys,policy,size,hits,hit_percent");
        for (Outcome outcome : outcomes) {
            for (Outcome.Row row : outcome.rows()) {
                IntStream.range(0, outcome.sizes().size())
                        .mapToObj(i -> csvLine(outcome, row, i))
                        .forEach(lines::add);
            }
        }
        return lines;
    }

    /// Returns a figure in percent with one decimal.
    static String percent(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String csvLine(Outcome outcome, Outcome.Row row, int size) {
        return String.format(
                Locale.ROOT,
                "%s,%d,%d,%s,%d,%d,%.3f",
                quoted(outcome.trace()),
                outcome.requests(),
                outcome.keys(),
                row.policy(),
                outcome.sizes().get(size),
                row.hits().get(size),
                outcome.percent(row, size));
    }

    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c < ' ');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
