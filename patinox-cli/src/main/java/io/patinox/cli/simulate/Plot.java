package io.patinox.cli.simulate;

import io.patinox.cli.terminal.Figures;
import java.util.List;
import java.util.Locale;

/// Draws hit ratios over sizes as SVG: a line for each policy, sizes on a logarithmic axis.
///
/// Colours and texts come from classes of the page around it. Series differ in colour, and where
/// colours begin anew, in dashes too.
final class Plot {

    /// How many colours the page has.
    static final int COLOURS = 7;

    private static final int WIDTH = 900;
    private static final int HEIGHT = 480;
    private static final int LEFT = 64;
    private static final int RIGHT = 700;
    private static final int TOP = 24;
    private static final int BOTTOM = 416;
    private static final int LEGEND = 724;
    private static final int LEGEND_STEP = 26;
    private static final double ROOM = 1.08;
    private static final String[] DASHES = {"", "7 4", "2 3"};
    private static final int[] DIGITS = {1, 2, 5};

    private final Outcome outcome;
    private final StringBuilder svg = new StringBuilder();
    private final double least;
    private final double most;
    private final int step;
    private final double top;

    private Plot(Outcome outcome) {
        this.outcome = outcome;
        List<Integer> sizes = outcome.sizes();
        // a little room at both ends, and a range even if there is one size only
        double widening = sizes.size() == 1 ? 2 : ROOM;
        this.least = sizes.getFirst() / widening;
        this.most = sizes.getLast() * widening;
        double highest = highest();
        this.step = highest > 50 ? 20 : highest > 20 ? 10 : 5;
        this.top = Math.max(1, Math.ceil(highest / step)) * step;
    }

    /// Returns the SVG element.
    static String svg(Outcome outcome) {
        return new Plot(outcome).draw();
    }

    private double highest() {
        double highest = 0;
        for (Outcome.Row row : outcome.rows()) {
            for (int i = 0; i < outcome.sizes().size(); i++) {
                highest = Math.max(highest, outcome.percent(row, i));
            }
        }
        return highest;
    }

    private String draw() {
        add(
                "<svg viewBox=\"0 0 %s %s\" role=\"img\" aria-label=\"Hit ratio over size, %s\">"
                        .formatted(WIDTH, HEIGHT, Page.escaped(outcome.trace())));
        yAxis();
        xAxis();
        for (int i = 0; i < outcome.rows().size(); i++) {
            series(i);
        }
        for (int i = 0; i < outcome.rows().size(); i++) {
            legend(i);
        }
        add("</svg>");
        return svg.toString();
    }

    private void yAxis() {
        for (int value = 0; value <= top; value += step) {
            add(line("grid", LEFT, y(value), RIGHT, y(value)));
            add(text("tick", LEFT - 8, y(value) + 4, "end", "" + value));
        }
        add(
                "<g transform=\"translate(18 %s) rotate(-90)\">%s</g>"
                        .formatted(
                                (TOP + BOTTOM) / 2,
                                text("label", 0, 0, "middle", "hits in % of requests")));
    }

    private void xAxis() {
        add(line("axis", LEFT, BOTTOM, RIGHT, BOTTOM));
        // in between, the ticks of 2 and 5 have labels only if there are few decades
        boolean dense = Math.log10(most / least) > 4;
        for (long decade = 1; decade <= most; decade *= 10) {
            for (int digit : DIGITS) {
                long size = decade * digit;
                if (size >= least && size <= most) {
                    double x = x((double) size);
                    add(line("grid", x, TOP, x, BOTTOM + 5));
                    if (digit == 1 || !dense) {
                        add(text("tick", x, BOTTOM + 20, "middle", Figures.count(size)));
                    }
                }
            }
        }
        double middle = (LEFT + RIGHT) / 2.0;
        add(text("label", middle, HEIGHT - 16, "middle", "size in entries (logarithmic)"));
    }

    private void series(int index) {
        Outcome.Row row = outcome.rows().get(index);
        StringBuilder points = new StringBuilder();
        StringBuilder circles = new StringBuilder();
        for (int i = 0; i < outcome.sizes().size(); i++) {
            int size = outcome.sizes().get(i);
            double percent = outcome.percent(row, i);
            String x = number(x(size));
            String y = number(y(percent));
            points.append(x).append(',').append(y).append(' ');
            circles.append(
                    ("<circle cx=\"%s\" cy=\"%s\" r=\"3\"><title>%s, %s entries: %s %%"
                                    + "</title></circle>\n")
                            .formatted(
                                    x,
                                    y,
                                    Page.escaped(row.policy()),
                                    Figures.count(size),
                                    OutcomeText.percent(percent)));
        }
        add(
                "<g class=\"%s\"><polyline %s points=\"%s\"/>\n%s</g>"
                        .formatted(colour(index), dash(index), points, circles));
    }

    private void legend(int index) {
        int y = TOP + 12 + index * LEGEND_STEP;
        add(
                "<g class=\"%s\"><polyline %s points=\"%s,%s %s,%s\"/></g>"
                        .formatted(colour(index), dash(index), LEGEND, y, LEGEND + 40, y));
        String name = Page.escaped(outcome.rows().get(index).policy());
        add(text("tick", LEGEND + 50, y + 4, "start", name));
    }

    private String colour(int index) {
        return isOptimum(index) ? "optimum" : "colour" + index % COLOURS;
    }

    private boolean isOptimum(int index) {
        return outcome.rows().get(index).policy().equals(Optimum.NAME);
    }

    private String dash(int index) {
        if (isOptimum(index)) {
            return "";
        }
        String dashes = DASHES[index / COLOURS % DASHES.length];
        return dashes.isEmpty() ? "" : "stroke-dasharray=\"" + dashes + "\"";
    }

    private double x(double size) {
        double share = Math.log(size / least) / Math.log(most / least);
        return LEFT + share * (RIGHT - LEFT);
    }

    private double y(double percent) {
        return BOTTOM - percent / top * (BOTTOM - TOP);
    }

    private void add(String element) {
        svg.append(element).append('\n');
    }

    private static String line(String style, double x1, double y1, double x2, double y2) {
        return "<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>"
                .formatted(style, number(x1), number(y1), number(x2), number(y2));
    }

    private static String text(String style, double x, double y, String anchor, String text) {
        return "<text class=\"%s\" x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>"
                .formatted(style, number(x), number(y), anchor, text);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
