package io.patinox.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchCommandTest {

    @TempDir Path tree;
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return new CommandLine(new BenchCommand(tree, Redirect.DISCARD))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    private BenchCommand parsed(String... args) {
        BenchCommand command = new BenchCommand(tree, Redirect.DISCARD);
        new CommandLine(command).parseArgs(args);
        return command;
    }

    private Path built() throws IOException {
        Path jar = tree.resolve("benchmarks/target/app/lib/benchmarks.jar");
        Files.createDirectories(jar.getParent());
        return Files.createFile(jar);
    }

    @Test
    void call_benchmarksNotBuilt_isOneSentenceAndExitCode2() {
        assertThat(run("pool")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("The benchmarks are not built")
                .contains("benchmarks.jar is missing")
                .hasLineCount(1);
    }

    @Test
    void call_pageWithAnythingElse_isRefused() throws IOException {
        built();
        assertThat(run("--page", "pool")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines(
                        "--page measures nothing and goes with no other option.");
        assertThat(run("--page", "--strict")).isEqualTo(2);
    }

    @Test
    void call_jarThatIsNone_endsWithTheExitCodeOfTheOtherJvm() throws IOException {
        built();
        assertThat(run("pool")).as("a JVM without main class ends with 1").isEqualTo(1);
    }

    @Test
    void command_allOptions_arePassedOn() {
        assertThat(
                        parsed("pool", "--strict", "--json", "r.json", "--quick")
                                .command(Path.of("x.jar")))
                .endsWith(
                        "-cp",
                        "x.jar",
                        "io.patinox.benchmarks.door.Bench",
                        "pool",
                        "--quick",
                        "--strict",
                        "--json",
                        "r.json");
    }

    @Test
    void command_traces_areAPropertyOfTheOtherJvm() {
        assertThat(parsed("hitratio", "--traces", "t").command(Path.of("x.jar")))
                .containsSubsequence(
                        "-Dpatinox.traces=" + Path.of("t").toAbsolutePath(), "-cp", "hitratio");
    }

    @Test
    void command_noGroup_leavesTheComplaintToTheBenchmarks() {
        assertThat(parsed().command(Path.of("x.jar")))
                .endsWith("x.jar", "io.patinox.benchmarks.door.Bench");
    }

    @Test
    void command_page_namesTheTree() {
        assertThat(parsed("--page").command(Path.of("x.jar")))
                .endsWith("io.patinox.benchmarks.door.PerformancePage", tree.toString());
    }
}
