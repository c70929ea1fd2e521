package io.patinox.cli.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The report as JSON: the same figures as in the text, times in nanoseconds.
final class ReportJson {

    private ReportJson() {}

    static String text(Report report) {
        JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        ObjectNode tree = mapper.valueToTree(report);
        tree.put("allMet", report.allMet());
        return mapper.writeValueAsString(tree) + "\n";
    }

    static void write(Report report, Path file) throws IOException {
        Files.write(file, text(report).getBytes(StandardCharsets.UTF_8));
    }
}
