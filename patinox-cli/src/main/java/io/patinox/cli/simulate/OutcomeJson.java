package io.patinox.cli.simulate;

import java.util.List;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Outcomes as JSON: hits as counts, so that nothing is lost by rounding, and as percentages.
final class OutcomeJson {

    private OutcomeJson() {}

    static String text(List<Outcome> outcomes) {
        JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        ArrayNode traces = mapper.createArrayNode();
        for (Outcome outcome : outcomes) {
            ObjectNode trace = traces.addObject();
            trace.put("trace", outcome.trace());
            trace.put("requests", outcome.requests());
            trace.put("keys", outcome.keys());
            ArrayNode cells = trace.putArray("cells");
            for (Outcome.Row row : outcome.rows()) {
                for (int i = 0; i < outcome.sizes().size(); i++) {
                    cells.addObject()
                            .put("policy", row.policy())
                            .put("size", outcome.sizes().get(i))
                            .put("hits", row.hits().get(i))
                            .put("hitPercent", outcome.percent(row, i))
                            .put("best", outcome.isBest(row, i));
                }
            }
        }
        return mapper.writeValueAsString(mapper.createObjectNode().set("traces", traces)) + "\n";
    }
}
