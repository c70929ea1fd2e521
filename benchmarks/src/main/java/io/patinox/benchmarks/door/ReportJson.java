package io.patinox.benchmarks.door;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads and writes a [Report] as JSON. Numbers carry six significant digits, which is more than
/// any of them deserves. `met` is true, false, or null for undecided.
public final class ReportJson {

    private static final MathContext DIGITS = new MathContext(6);
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private ReportJson() {}

    /// Writes the report.
    ///
    /// @param report what to write
    /// @param file where; replaced if present
    static void write(Report report, Path file) {
        MAPPER.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), tree(report));
    }

    /// Reads a report.
    ///
    /// @param file what [#write] wrote
    /// @return the report
    static Report read(Path file) {
        JsonNode tree = MAPPER.readTree(file.toFile());
        List<Figure> figures = new ArrayList<>();
        for (JsonNode node : tree.required("figures")) {
            figures.add(
                    new Figure(
                            node.required("regime").asString(),
                            node.required("implementation").asString(),
                            node.required("metric").asString(),
                            node.required("unit").asString(),
                            node.required("value").asDouble(),
                            number(node.required("error"))));
        }
        List<Bar.Result> bars = new ArrayList<>();
        for (JsonNode node : tree.required("bars")) {
            bars.add(
                    new Bar.Result(
                            node.required("name").asString(),
                            node.required("bar").asString(),
                            number(node.required("value")),
                            verdict(node.required("met"))));
        }
        return new Report(
                tree.required("group").asString(),
                Instant.parse(tree.required("date").asString()),
                tree.required("jdk").asString(),
                tree.required("cpus").asInt(),
                figures,
                bars);
    }

    private static ObjectNode tree(Report report) {
        ObjectNode tree = MAPPER.createObjectNode();
        tree.put("group", report.group());
        tree.put("date", report.date().toString());
        tree.put("jdk", report.jdk());
        tree.put("cpus", report.cpus());
        ArrayNode figures = tree.putArray("figures");
        for (Figure figure : report.figures()) {
            figures.addObject()
                    .put("regime", figure.regime())
                    .put("implementation", figure.implementation())
                    .put("metric", figure.metric())
                    .put("unit", figure.unit())
                    .put("value", rounded(figure.value()))
                    .put("error", rounded(figure.error()));
        }
        ArrayNode bars = tree.putArray("bars");
        for (Bar.Result bar : report.bars()) {
            ObjectNode node =
                    bars.addObject()
                            .put("name", bar.name())
                            .put("bar", bar.bar())
                            .put("value", rounded(bar.value()));
            node.put("met", met(bar.verdict()));
        }
        return tree;
    }

    private static @Nullable Double rounded(@Nullable Double value) {
        return value == null || !Double.isFinite(value)
                ? null
                : (Double) new BigDecimal(value).round(DIGITS).doubleValue();
    }

    private static @Nullable Double number(JsonNode node) {
        return node.isNull() ? null : (Double) node.asDouble();
    }

    private static @Nullable Boolean met(Verdict verdict) {
        return switch (verdict) {
            case MET -> true;
            case MISSED -> false;
            case UNDECIDED -> null;
        };
    }

    private static Verdict verdict(JsonNode node) {
        if (node.isNull()) {
            return Verdict.UNDECIDED;
        }
        return node.asBoolean() ? Verdict.MET : Verdict.MISSED;
    }
}
