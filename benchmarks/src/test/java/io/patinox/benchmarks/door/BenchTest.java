package io.patinox.benchmarks.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(Group group, String... args) {
        Groups groups = new Groups(List.of(group, new FakeGroup("cache", List.of(), List.of())));
        return new Bench(groups, stream(out), stream(err), false).run(args);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String complaint() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void run_unknownGroup_isOneSentenceWithTheGroupsAndExitCode2() {
        assertThat(run(FakeGroup.timed(1), "poll", "--quick")).isEqualTo(2);
        assertThat(complaint())
                .isEqualTo("There is no benchmark group 'poll'; the groups are: cache, fake.\n");
        assertThat(printed()).isEmpty();
    }

    @Test
    void run_barMet_printsBothTables() {
        assertThat(run(FakeGroup.timed(4), "fake", "--quick", "--strict")).isZero();
        assertThat(printed())
                .contains("alone", "time (ns/op)", "10.0 ±0", "twice as fast", "at least 2 x")
                .containsPattern("2\\.50 +met")
                .contains("Bars: 1 met, 0 missed, 0 undecided.");
        assertThat(complaint()).contains("0/4 round 1: alone");
    }

    @Test
    void run_barMissed_failsOnlyWhenStrict() {
        assertThat(run(FakeGroup.timed(8), "fake", "--quick")).isZero();
        assertThat(printed()).containsPattern("1\\.25 +missed");
        assertThat(run(FakeGroup.timed(8), "fake", "--quick", "--strict")).isEqualTo(1);
    }

    @Test
    void run_barUndecided_isNoFailure() {
        double[] times = {4, 6};
        int[] next = {0};
        FakeRegime regime =
                new FakeRegime("alone", "us", "peer")
                        .answering(name -> name.equals("us") ? times[next[0]++] : 10);
        Bar bar = Bar.ratio("twice", regime, FakeRegime.TIME, "peer", "us").atLeast(2);
        FakeGroup group = new FakeGroup("fake", List.of(regime), List.of(bar));
        assertThat(run(group, "fake", "--quick", "--strict")).isZero();
        assertThat(printed()).contains("undecided");
    }

    @Test
    void run_forkFails_isExitCode3WithoutTables() {
        FakeRegime regime =
                new FakeRegime("alone", "us")
                        .answering(_ -> {
                            throw new MeasurementException("ended with exit code 9");
                        });
        assertThat(run(new FakeGroup("fake", List.of(regime), List.of()), "fake")).isEqualTo(3);
        assertThat(complaint()).contains("Not measured: alone, us: ended with exit code 9");
        assertThat(printed()).isEmpty();
    }

    @Test
    void run_json_writesTheReport(@TempDir Path directory) {
        Path file = directory.resolve("report.json");
        assertThat(run(FakeGroup.timed(4), "fake", "--quick", "--json", file.toString())).isZero();
        Report report = ReportJson.read(file);
        assertThat(report.group()).isEqualTo("fake");
        assertThat(report.cpus()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(report.jdk()).startsWith(Runtime.version().toString());
        assertThat(report.figures()).hasSize(2);
        assertThat(report.bars()).hasSize(1);
    }
}
