package io.patinox.benchmarks.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PerformancePageTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @TempDir Path tree;

    private void page(String text) throws IOException {
        Files.createDirectories(tree.resolve("docs"));
        Files.writeString(tree.resolve("docs/performance.md"), text);
    }

    private void result(String file) throws IOException {
        Files.createDirectories(tree.resolve("benchmarks/results"));
        Report report =
                new Report(
                        "pool",
                        Instant.parse("2026-11-23T23:30:00Z"),
                        "25.0.3",
                        2,
                        List.of(new Figure("alone", "us", "time", "ns/op", 12, 0.5)),
                        List.of());
        ReportJson.write(report, tree.resolve("benchmarks/results").resolve(file));
    }

    @Test
    void page_ofThisTree_isWhatItsResultsSay() throws IOException {
        PerformancePage page = new PerformancePage(ROOT);
        assertThat(Files.readString(page.file()))
                .as("docs/performance.md is stale; run ./patinox bench --page")
                .isEqualTo(page.expected());
    }

    @Test
    void main_resultsPresent_replacesOnlyWhatIsBetweenTheMarks() throws IOException {
        page("# Ours\n" + PerformancePage.BEGIN + "old\n" + PerformancePage.END + "last\n");
        result("pool.json");
        result("pool-quick.json");
        PerformancePage.main(new String[] {tree.toString()});
        assertThat(Files.readString(tree.resolve("docs/performance.md")))
                .startsWith("# Ours\n" + PerformancePage.BEGIN)
                .endsWith(PerformancePage.END + "last\n")
                .doesNotContain("old")
                .contains(
                        "## pool\n",
                        "## pool (quick)\n",
                        "Measured on 2026-11-23 with JDK 25.0.3 on 2 processors by "
                                + "`./patinox bench pool --json benchmarks/results/pool.json`.",
                        "`./patinox bench pool --quick --json benchmarks/results/pool-quick.json`",
                        "| us | 12.0 ±0.500 |");
    }

    @ParameterizedTest
    @MethodSource("groups")
    void expected_everyGroup_hasItsSection(Group group) throws IOException {
        page(PerformancePage.BEGIN + PerformancePage.END);
        Measurements measurements = new Measurements();
        for (Regime regime : group.regimes()) {
            for (String implementation : regime.implementations()) {
                measurements.add(regime.name(), implementation, 0, Map.of(FakeRegime.TIME, 1.0));
            }
        }
        Files.createDirectories(tree.resolve("benchmarks/results"));
        ReportJson.write(
                Report.of(group, measurements, Clock.systemUTC()),
                tree.resolve("benchmarks/results/" + group.name() + ".json"));

        String text = new PerformancePage(tree).expected();

        assertThat(text).contains("## " + group.name() + "\n");
        assertThat(group.regimes())
                .allSatisfy(r -> assertThat(text).contains("\n### " + r.name() + "\n"));
        assertThat(group.bars()).allSatisfy(b -> assertThat(text).contains("\n| " + b.name()));
    }

    static Stream<Group> groups() {
        return ServiceLoader.load(Group.class).stream().map(ServiceLoader.Provider::get);
    }

    @Test
    void expected_resultNamedForAnotherGroup_saysHowToNameIt() throws IOException {
        page(PerformancePage.BEGIN + PerformancePage.END);
        result("best.json");
        assertThatThrownBy(() -> new PerformancePage(tree).expected())
                .hasMessageContaining("name it pool.json, or pool-quick.json for a quick run");
    }

    @Test
    void expected_pageWithoutMarks_saysWhichLinesAreMissing() throws IOException {
        page("# Nothing\n");
        assertThatThrownBy(() -> new PerformancePage(tree).expected())
                .hasMessageContaining(PerformancePage.BEGIN);
    }
}
