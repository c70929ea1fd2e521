package io.patinox.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The whole program in a process of its own: what it prints, how it exits, and what it leaves.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ChildProcessTest {

    private static final String RIGHT = "(in order|timed out|leak|clients|money|resources)";

    @TempDir Path temporary;

    private final List<String> lines = new ArrayList<>();
    private Process process;

    @BeforeEach
    void noneYet() {
        assertThat(leftovers()).isEmpty();
    }

    @AfterEach
    void end() {
        process.destroyForcibly();
    }

    /// How fast and how even things are depends on the machine that runs the tests; whether they
    /// are right doesn't, and that the exit code says what the report says doesn't either.
    @Test
    void demo_shortRunWithChaos_isRightWhateverTheMachine() throws Exception {
        Path json = temporary.resolve("report.json");
        start("--seconds", "5", "--clients", "60", "--pool-size", "6", "--json", json.toString());
        readToEnd();
        boolean met = lines.getLast().equals("All 9 targets met.");
        assertThat(process.waitFor()).as(String.join("\n", lines)).isEqualTo(met ? 0 : 1);
        assertThat(lines)
                .noneMatch(line -> line.matches(" *(missed|not reached) .*" + RIGHT + ".*"))
                .anyMatch(line -> line.contains("pg_terminate_backend: killed 3 back ends"))
                .anyMatch(line -> line.contains("crashed the server"))
                .anyMatch(line -> line.contains("first new connection after"))
                .anyMatch(line ->
                        line.matches(".*leak reported .*: Leak.leakOnPurpose\\(Leak.java:\\d+\\)"))
                .anyMatch(line -> line.matches(".*crowd .* ops .* waiting .* in use .* p99 .*"))
                .noneMatch(line -> line.contains("\u001b") || line.contains("\r"));
        assertThat(json).content().contains("\"allMet\" : " + met);
        assertThat(leftovers()).isEmpty();
    }

    /// At any stage: while unpacking, loading, working, and in the middle of the chaos.
    @ParameterizedTest
    @CsvSource({"INT,130,Patinox demo", "INT,130,crashed", "TERM,143,warm"})
    void demo_signalled_reportsAndLeavesNothing(String signal, int code, String after)
            throws Exception {
        start("--seconds", "6", "--clients", "60", "--pool-size", "6");
        readUntil(after);
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
        readToEnd();
        assertThat(process.waitFor()).as(String.join("\n", lines)).isEqualTo(code);
        assertThat(lines)
                .anyMatch(line -> line.startsWith("Report so far"))
                .last()
                .isEqualTo("Ended on request; everything the demo had opened is closed.");
        assertThat(leftovers()).isEmpty();
    }

    /// What to start a program with so that an interrupt reaches it. A shell starts what it runs in
    /// the background with interrupts ignored, and children inherit that.
    private static List<String> interruptible() throws IOException, InterruptedException {
        List<String> prefix = List.of("env", "--default-signal=INT");
        List<String> probe = new ArrayList<>(prefix);
        probe.add("true");
        boolean known = new ProcessBuilder(probe).redirectErrorStream(true).start().waitFor() == 0;
        return known ? prefix : List.of();
    }

    private void start(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(interruptible());
        command.addAll(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.patinox.cli.Patinox",
                        "demo"));
        command.addAll(List.of(options));
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private void readUntil(String text) throws IOException {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            lines.add(line);
            if (line.contains(text)) {
                return;
            }
        }
        throw new AssertionError("never printed: " + text + "\n" + String.join("\n", lines));
    }

    private void readToEnd() throws IOException {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            lines.add(line);
        }
    }

    /// Files of a demo in the temporary directory, and processes that work in it.
    private List<String> leftovers() {
        List<String> left = new ArrayList<>();
        try (Stream<Path> files = Files.list(temporary)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("patinox-demo-"))
                    .forEach(left::add);
        } catch (IOException gone) {
            throw new AssertionError(gone);
        }
        ProcessHandle.allProcesses()
                .map(handle -> handle.info().commandLine().orElse(""))
                .filter(line -> line.contains(temporary + "/patinox-demo-"))
                .forEach(left::add);
        return left;
    }
}
