package io.patinox.benchmarks.door;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Lays a [Report] out as tables: the figures of each regime with a row an implementation, and the
/// bars.
final class ReportTables {

    private static final int COLUMNS = 6;

    private ReportTables() {}

    /// Returns the report as a terminal shows it.
    static String text(Report report) {
        StringBuilder text = new StringBuilder();
        text.append("Figures: value ±error\n");
        regimes(report)
                .forEach((regime, grid) -> {
                    text.append('\n').append(regime).append('\n');
                    grid.cut(COLUMNS).forEach(part -> text.append(part.text()));
                });
        text.append("\nBars\n\n").append(bars(report).text());
        return text.append('\n').append(summary(report)).append('\n').toString();
    }

    /// Returns the report as Markdown, with headings of the third level.
    static String markdown(Report report) {
        StringBuilder text = new StringBuilder();
        regimes(report)
                .forEach((regime, grid) ->
                        text.append("### ")
                                .append(regime)
                                .append("\n\n")
                                .append(grid.markdown())
                                .append('\n'));
        text.append("### Bars\n\n").append(bars(report).markdown());
        return text.append('\n').append(summary(report)).append('\n').toString();
    }

    private static String summary(Report report) {
        return "Bars: %d met, %d missed, %d undecided."
                .formatted(
                        count(report, Verdict.MET),
                        count(report, Verdict.MISSED),
                        count(report, Verdict.UNDECIDED));
    }

    private static long count(Report report, Verdict verdict) {
        return report.bars().stream().filter(bar -> bar.verdict() == verdict).count();
    }

    private static Map<String, Grid> regimes(Report report) {
        Map<String, List<Figure>> regimes =
                report.figures().stream()
                        .collect(
                                Collectors.groupingBy(
                                        Figure::regime, LinkedHashMap::new, Collectors.toList()));
        Map<String, Grid> grids = new LinkedHashMap<>();
        regimes.forEach((regime, figures) -> grids.put(regime, figures(figures)));
        return grids;
    }

    private static Grid figures(List<Figure> figures) {
        Set<String> columns = new LinkedHashSet<>();
        Map<String, Map<String, String>> rows = new LinkedHashMap<>();
        for (Figure figure : figures) {
            String column =
                    figure.unit().isEmpty()
                            ? figure.metric()
                            : figure.metric() + " (" + figure.unit() + ")";
            columns.add(column);
            rows.computeIfAbsent(figure.implementation(), _ -> new LinkedHashMap<>())
                    .put(column, Numbers.withError(figure.value(), figure.error()));
        }
        List<String> head = new ArrayList<>();
        head.add("implementation");
        head.addAll(columns);
        List<List<String>> cells = new ArrayList<>();
        rows.forEach((implementation, values) -> {
            List<String> row = new ArrayList<>();
            row.add(implementation);
            columns.forEach(column -> row.add(values.getOrDefault(column, "")));
            cells.add(row);
        });
        return new Grid(head, cells);
    }

    private static Grid bars(Report report) {
        List<List<String>> rows = new ArrayList<>();
        for (Bar.Result bar : report.bars()) {
            rows.add(
                    List.of(
                            bar.name(),
                            bar.bar(),
                            Numbers.text(bar.value()),
                            bar.verdict().word()));
        }
        return new Grid(List.of("name", "bar", "figure", "verdict"), rows);
    }
}
