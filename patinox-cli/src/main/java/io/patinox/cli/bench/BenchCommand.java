package io.patinox.cli.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Runs the benchmarks of one part of the library beside its peers.
///
/// This command knows neither groups nor peers: what the benchmarks need on their class path, and
/// the options with which their JVM is started, are nobody else's business. It starts them with the
/// same standard streams and ends with their exit code.
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures a part of the library beside its peers, and judges its bars.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:measured (and, with --strict, no bar was missed)",
            "1:a bar was missed, and --strict was given",
            "2:the arguments make no sense",
            "3:a measurement failed"
        })
public final class BenchCommand implements Callable<Integer> {

    private static final String DOOR = "io.patinox.benchmarks.door.Bench";
    private static final String PAGE = "io.patinox.benchmarks.door.PerformancePage";
    private static final Path JAR = Path.of("benchmarks", "target", "app", "lib", "benchmarks.jar");

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..1",
            paramLabel = "GROUP",
            description = "What to measure; without it, the groups are listed.")
    private @Nullable String group;

    @Option(
            names = "--quick",
            description = "Sample for at most five minutes; the errors are wide, and shown.")
    private boolean quick;

    @Option(names = "--strict", description = "End with exit code 1 when a bar is missed.")
    private boolean strict;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Write the figures and the bars to FILE as well.")
    private @Nullable Path json;

    @Option(
            names = "--traces",
            paramLabel = "DIR",
            description = "Where the traces of real caches are that the group hitratio replays.")
    private @Nullable Path traces;

    @Option(
            names = "--page",
            description = "Measure nothing: write docs/performance.md from benchmarks/results.")
    private boolean page;

    private final Path home;
    private final Redirect output;

    /// Creates the command for the source tree that `./patinox` belongs to.
    public BenchCommand() {
        this(Path.of(System.getProperty("patinox.home", ".")), Redirect.INHERIT);
    }

    /// Creates the command for any source tree.
    ///
    /// @param home the root of the tree
    /// @param output where the benchmarks print
    BenchCommand(Path home, Redirect output) {
        this.home = home;
        this.output = output;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path jar = home.resolve(JAR);
        PrintWriter err = spec.commandLine().getErr();
        if (!Files.exists(jar)) {
            err.println(
                    "The benchmarks are not built (%s is missing); start them by ./patinox."
                            .formatted(jar));
            return ExitCode.USAGE;
        }
        if (page && (group != null || quick || strict || json != null || traces != null)) {
            err.println("--page measures nothing and goes with no other option.");
            return ExitCode.USAGE;
        }
        return run(command(jar));
    }

    /// Returns the command line of the JVM that measures.
    List<String> command(Path jar) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // JMH needs it; without the option the JVM would print a warning about it
        command.add("--sun-misc-unsafe-memory-access=allow");
        if (traces != null) {
            command.add("-Dpatinox.traces=" + traces.toAbsolutePath());
        }
        command.add("-cp");
        command.add(jar.toString());
        if (page) {
            command.addAll(List.of(PAGE, home.toString()));
            return command;
        }
        command.add(DOOR);
        if (group != null) {
            command.add(group);
        }
        if (quick) {
            command.add("--quick");
        }
        if (strict) {
            command.add("--strict");
        }
        if (json != null) {
            command.addAll(List.of("--json", json.toString()));
        }
        return command;
    }

    private int run(List<String> command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command)
                        .redirectInput(Redirect.INHERIT)
                        .redirectOutput(output)
                        .redirectError(output)
                        .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "patinox-bench-end"));
        return process.waitFor();
    }
}
