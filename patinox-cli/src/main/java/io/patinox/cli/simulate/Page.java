package io.patinox.cli.simulate;

import io.patinox.cli.terminal.Figures;
import java.util.List;

/// Outcomes as one HTML page that needs nothing else: a plot and a table for each trace.
final class Page {

    private static final String HEAD =
            """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>Hit ratios</title>
            <style>
            :root { color-scheme: light dark; --back: #ffffff; --text: #1c1c1c; --faint: #767676;
              --grid: #e2e2e2; --c0: #0060b0; --c1: #d04a00; --c2: #00805a; --c3: #a02880;
              --c4: #8a6400; --c5: #3f8fd0; --c6: #c02030; }
            @media (prefers-color-scheme: dark) {
              :root { --back: #16181c; --text: #e8e8e8; --faint: #a0a0a0; --grid: #33373d;
                --c0: #62aef0; --c1: #ff9a57; --c2: #45c79d; --c3: #e58fcf; --c4: #e0bb4b;
                --c5: #9ccdf5; --c6: #ff7d86; } }
            body { background: var(--back); color: var(--text);
              font: 15px/1.45 system-ui, sans-serif;
              margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }
            svg { width: 100%; height: auto; }
            svg text { fill: var(--text); font: 13px system-ui, sans-serif; }
            svg .tick { font-size: 12px; }
            .grid { stroke: var(--grid); } .axis { stroke: var(--faint); }
            polyline { fill: none; stroke-width: 2; } g text, svg circle { stroke: none; }
            table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
            th, td { padding: .15rem .7rem; text-align: right;
              border-bottom: 1px solid var(--grid); }
            th:first-child, td:first-child { text-align: left; }
            .best { font-weight: bold; } .note { color: var(--faint); }
            .optimum { stroke: var(--text); } .optimum circle { fill: var(--text); }
            """;

    private static final String NOTE =
            """
            <p class="note">One shard, replayed by one thread from empty; misses on a key's first
            request count. The best but for the optimum is set in bold. The optimum knows the
            future: no policy can have more hits.</p>
            """;

    private final StringBuilder html = new StringBuilder(HEAD);

    private Page() {}

    /// Returns the page.
    static String of(List<Outcome> outcomes) {
        Page page = new Page();
        for (int i = 0; i < Plot.COLOURS; i++) {
            page.html.append(
                    ".colour%d { stroke: var(--c%d); } .colour%d circle { fill: var(--c%d); }\n"
                            .formatted(i, i, i, i));
        }
        page.html.append("</style>\n</head>\n<body>\n<h1>Hit ratios</h1>\n").append(NOTE);
        outcomes.forEach(page::section);
        page.html.append("</body>\n</html>\n");
        return page.html.toString();
    }

    private void section(Outcome outcome) {
        html.append(
                "<h2>%s</h2>\n<p>%s requests for %s keys</p>\n"
                        .formatted(
                                escaped(outcome.trace()),
                                Figures.count(outcome.requests()),
                                Figures.count(outcome.keys())));
        html.append(Plot.svg(outcome)).append("<table>\n<tr><th>hits in %</th>");
        outcome.sizes().forEach(size -> html.append("<th>" + Figures.count(size) + "</th>"));
        html.append("</tr>\n");
        for (Outcome.Row row : outcome.rows()) {
            html.append("<tr><td>" + escaped(row.policy()) + "</td>");
            for (int i = 0; i < outcome.sizes().size(); i++) {
                html.append(outcome.isBest(row, i) ? "<td class=\"best\">" : "<td>");
                html.append(OutcomeText.percent(outcome.percent(row, i))).append("</td>");
            }
            html.append("</tr>\n");
        }
        html.append("</table>\n");
    }

    /// Returns a text as HTML shows it.
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
