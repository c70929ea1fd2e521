package io.patinox.benchmarks.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportJsonTest {

    private static final Report REPORT =
            new Report(
                    "pool",
                    Instant.parse("2026-11-23T12:00:00Z"),
                    "25.0.3+9 (Vendor)",
                    2,
                    List.of(
                            new Figure("alone", "us", "time", "ns/op", 12.5, 0.25),
                            new Figure("alone", "peer", "time", "ns/op", 117.4513, null)),
                    List.of(
                            new Bar.Result("a", "at least 1 x", 9.375, Verdict.MET),
                            new Bar.Result("b", "at most 2 ms", 3.0, Verdict.MISSED),
                            new Bar.Result("c", "always 0", null, Verdict.UNDECIDED)));

    @Test
    void write_report_hasExactlyTheAgreedFields(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("report.json");
        ReportJson.write(REPORT, file);
        JsonNode tree = JsonMapper.builder().build().readTree(Files.readString(file));
        assertThat(tree.propertyNames())
                .containsExactly("group", "date", "jdk", "cpus", "figures", "bars");
        assertThat(tree.get("figures").get(0).propertyNames())
                .containsExactly("regime", "implementation", "metric", "unit", "value", "error");
        assertThat(tree.get("bars").get(0).propertyNames())
                .containsExactly("name", "bar", "value", "met");
        assertThat(tree.get("date").asString()).isEqualTo("2026-11-23T12:00:00Z");
        assertThat(tree.get("cpus").isInt()).isTrue();
        assertThat(tree.get("bars").get(0).get("met").asBoolean()).isTrue();
        assertThat(tree.get("bars").get(1).get("met").asBoolean()).isFalse();
        assertThat(tree.get("bars").get(2).get("met").isNull()).isTrue();
        assertThat(tree.get("bars").get(2).get("value").isNull()).isTrue();
        assertThat(tree.get("figures").get(1).get("error").isNull()).isTrue();
    }

    @Test
    void read_whatWasWritten_isTheSameReport(@TempDir Path directory) {
        Path file = directory.resolve("report.json");
        ReportJson.write(REPORT, file);
        Report read = ReportJson.read(file);
        assertThat(read.bars()).isEqualTo(REPORT.bars());
        assertThat(read.figures().getFirst()).isEqualTo(REPORT.figures().getFirst());
        assertThat(read.figures().get(1).value()).as("six digits").isEqualTo(117.451);
        assertThat(read.date()).isEqualTo(REPORT.date());
        assertThat(read.missed()).isTrue();
    }
}
