package io.patinox.benchmarks.door;

import java.io.Console;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/// The door itself: reads the arguments, measures a group, prints the tables.
///
/// Exit codes: 0 measured; 1 a bar was missed and `--strict` was given; 2 the arguments make no
/// sense; 3 a fork failed.
public final class Bench {

    private static final int OK = 0;
    private static final int MISSED = 1;
    private static final int USAGE = 2;
    private static final int FAILED = 3;

    private final Groups groups;
    private final PrintStream out;
    private final PrintStream err;
    private final boolean terminal;

    /// Creates the door.
    ///
    /// @param groups what can be measured
    /// @param out where the tables go
    /// @param err where progress and errors go
    /// @param terminal whether a person watches
    Bench(Groups groups, PrintStream out, PrintStream err, boolean terminal) {
        this.groups = groups;
        this.out = out;
        this.err = err;
        this.terminal = terminal;
    }

    /// Runs a group and ends the process with the exit code.
    ///
    /// @param args as typed
    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(new Bench(Groups.load(), out, err, onTerminal()).run(args));
    }

    // it is null again since 25, where the standard streams are no terminal
    @SuppressWarnings("SystemConsoleNull")
    private static boolean onTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    /// Runs a group as the arguments ask.
    ///
    /// @param args as typed
    /// @return the exit code
    int run(String... args) {
        try {
            BenchOptions options = BenchOptions.parse(args, groups.names());
            return run(options, options.quick() ? Effort.QUICK : Effort.FULL);
        } catch (UsageException e) {
            err.println(e.getMessage());
            return USAGE;
        }
    }

    /// Runs a group with any effort.
    ///
    /// @param options as typed
    /// @param effort how long
    /// @return the exit code
    int run(BenchOptions options, Effort effort) {
        Group group = groups.named(options.group());
        BenchRun run = new BenchRun(group, effort, System::nanoTime);
        Progress progress = new Progress(err, terminal, run.schedule().size(), System::nanoTime);
        Report report;
        try {
            report = Report.of(group, run.measure(progress), Clock.systemUTC());
        } catch (MeasurementException e) {
            err.println("Not measured: " + e.getMessage());
            return FAILED;
        } finally {
            progress.close();
        }
        out.printf("%s, %s, %d CPUs%n%n", report.group(), report.jdk(), report.cpus());
        out.print(ReportTables.text(report));
        if (options.json() != null) {
            ReportJson.write(report, options.json());
            out.println("Written: " + options.json());
        }
        return options.strict() && report.missed() ? MISSED : OK;
    }
}
