package io.patinox.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.cli.demo.PhaseFigures.Timeouts;
import io.patinox.cli.demo.PhaseFigures.Turns;
import io.patinox.cli.demo.Report.OutageFigures;
import io.patinox.cli.demo.bank.AuditResult;
import io.patinox.cli.terminal.Screen;
import io.patinox.cli.terminal.Terminal;
import io.patinox.memory.resource.ResourceBalance;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportTest {

    private static final Report FULL =
            new Report(
                    run(false, null),
                    TargetsTest.phase("warm", 4_210, new Turns(9, 9), new Timeouts(0, 0), 0),
                    TargetsTest.phase("crowd", 900, new Turns(5, 7), new Timeouts(2, 1), 3),
                    List.of(
                            new OutageFigures("killed 4 back ends", 12_300_000L),
                            new OutageFigures("crashed and restarted the server", null)),
                    new LeakFigures("Leak.leakOnPurpose(Leak.java:44)", 110_000_000, 130_000_000L),
                    new PoolFigures(41, 3, Map.of("closed", 16L), 0, "16, fits the load"),
                    new AuditResult(
                            1_199, 1_190, 5, 12, 9, 1, List.of("transfer 3 of client 1: lost")),
                    new ResourceBalance(44, 40, 1, 1, 2, 0),
                    List.of(
                            Target.of("first", "0 open", true),
                            Target.of("second", "7 open", false),
                            Target.notReached("third")));

    @Test
    void text_ofAFullReport_hasEveryFigureWithin80Columns() {
        assertThat(text(FULL))
                .allMatch(line -> line.length() <= 80)
                .containsSubsequence(
                        "2026-11-23 14:40, Java 25.0.3, 2 cpus, PostgreSQL 18.6, embedded",
                        "phase  clients  operations  per s      p50      p95      p99    p99.9"
                                + "      max",
                        "warm       100         600    600  1.00 us  4.21 us  2.00 ms  3.00 ms"
                                + "  4.00 ms",
                        "crowd      100         600    600  1.00 us   900 ns  2.00 ms  3.00 ms"
                                + "  4.00 ms",
                        "errors       crowd: 3, first: java.lang.IllegalStateException: odd",
                        "fairness     5 to 7 operations a client, overtakings 0",
                        "timed out    2 in outages, 1 otherwise",
                        "outages      killed 4 back ends: new connection after 12.3 ms",
                        "             crashed and restarted the server: new connection never",
                        "leak         taken at Leak.leakOnPurpose(Leak.java:44)",
                        "             reported after 110 ms, pool complete again after 130 ms",
                        "connections  created 41 (3 attempts failed)",
                        "             retired 16: closed 16",
                        "resources    acquired 44 = cleaned 40 + failed 1 + abandoned 1",
                        "                         + detached 2 + open 0",
                        "transfers    acknowledged 1,190, in doubt 12 (9 of them done), failed 5",
                        "audit        1,199 lines of history, 1 contradictions",
                        "             transfer 3 of client 1: lost",
                        "Targets",
                        "1 of 3 targets met, 1 missed, 1 not reached.")
                .contains(
                        "  met          first   0 open",
                        "  missed       second  7 open",
                        "  not reached  third");
    }

    @Test
    void text_ofAnEmptyReport_saysOnlyWhatIsKnown() {
        Report empty =
                new Report(
                        run(true, "the disk is full"),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of(Target.notReached("only")));
        assertThat(text(empty))
                .anyMatch(line -> line.startsWith("Report so far ---"))
                .contains("The demo could not go on: the disk is full")
                .noneMatch(line -> line.startsWith("phase"))
                .last()
                .isEqualTo("Ended on request; everything the demo had opened is closed.");
    }

    @Test
    void text_leakNotReported_saysSo() {
        Report report =
                new Report(
                        run(false, null),
                        null,
                        null,
                        List.of(),
                        new LeakFigures("", 0, null),
                        null,
                        null,
                        null,
                        List.of(Target.of("only", "", true)));
        assertThat(text(report))
                .contains("leak         one connection dropped, and not reported")
                .last()
                .isEqualTo("All 1 targets met.");
    }

    @Test
    void json_ofAFullReport_canBeReadBack(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("report.json");
        ReportJson.write(FULL, file);
        JsonNode tree = JsonMapper.shared().readTree(file);
        assertThat(tree.at("/run/clients").intValue()).isEqualTo(100);
        assertThat(tree.at("/warm/acquisition/p95Nanos").longValue()).isEqualTo(4_210);
        assertThat(tree.at("/crowd/turns/most").intValue()).isEqualTo(7);
        assertThat(tree.at("/outages/1/nanos").isNull()).isTrue();
        assertThat(tree.at("/connections/retired/closed").intValue()).isEqualTo(16);
        assertThat(tree.at("/resources/acquired").intValue()).isEqualTo(44);
        assertThat(tree.at("/audit/violations").intValue()).isEqualTo(1);
        assertThat(tree.at("/targets/1/verdict").stringValue()).isEqualTo("MISSED");
        assertThat(tree.at("/allMet").booleanValue()).isFalse();
    }

    private static Report.Run run(boolean interrupted, String trouble) {
        return new Report.Run(
                "2026-11-23 14:40",
                "25.0.3",
                2,
                "PostgreSQL 18.6, embedded",
                100,
                10,
                20,
                true,
                interrupted,
                trouble);
    }

    private static List<String> text(Report report) {
        return ReportText.lines(
                report, new Screen(new PrintWriter(new StringWriter()), Terminal.PLAIN));
    }
}
