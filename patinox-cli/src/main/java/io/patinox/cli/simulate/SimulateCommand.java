package io.patinox.cli.simulate;

import io.patinox.cli.terminal.Bar;
import io.patinox.cli.terminal.Figures;
import io.patinox.cli.terminal.Screen;
import io.patinox.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `patinox simulate`: reads the options and traces, replays, prints tables, writes files.
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Replays traces through eviction policies, Caffeine and the optimum, and tells how many"
                    + " requests would have been hits.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:replayed",
            "2:the arguments make no sense, or a trace can't be read",
            "3:a file could not be written"
        })
public final class SimulateCommand implements Callable<Integer> {

    private static final int NOT_WRITTEN = 3;
    private static final int BAR = 20;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "1..*",
            paramLabel = "TRACE",
            description = "Files with the keys of requests, also packed by gzip or xz.")
    private List<Path> traces = new ArrayList<>();

    @Option(
            names = "--policies",
            paramLabel = "A,B,...",
            description =
                    "Whom to compare (default: all policies of the house, caffeine and optimal).")
    private @Nullable String policies;

    @Option(
            names = "--sizes",
            paramLabel = "N,M,...",
            defaultValue = Size.USUAL,
            description =
                    "Sizes in entries, or in percent of the trace's keys (default:"
                            + " ${DEFAULT-VALUE}).")
    private String sizes = Size.USUAL;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "auto",
            description =
                    "auto, text (a key a line), int32, int64 (big-endian), csv, arc or lirs"
                            + " (default: ${DEFAULT-VALUE}).")
    private String format = "auto";

    @Option(
            names = "--column",
            paramLabel = "N",
            defaultValue = "1",
            description = "Which column of a CSV file has the key (default: ${DEFAULT-VALUE}).")
    private int column = 1;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Read at most N requests of each trace.")
    private long limit = Long.MAX_VALUE;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Also write the figures to FILE as JSON.")
    private @Nullable Path json;

    @Option(
            names = "--csv",
            paramLabel = "FILE",
            description = "Also write the figures to FILE as comma-separated values.")
    private @Nullable Path csv;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Also write a page with a plot of each trace to FILE.")
    private @Nullable Path html;

    /// Makes the command; picocli sets its fields.
    public SimulateCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        CommandLine line = spec.commandLine();
        Screen screen = new Screen(line.getOut(), Terminal.detect());
        try {
            checkFolder(json);
            checkFolder(csv);
            checkFolder(html);
            List<Outcome> outcomes = replay(screen);
            write(json, outcomes, OutcomeJson::text);
            write(csv, outcomes, all -> String.join("\n", OutcomeText.csv(all)) + "\n");
            write(html, outcomes, Page::of);
            return ExitCode.OK;
        } catch (BadInputException bad) {
            screen.endLive();
            line.getErr().println("patinox simulate: " + bad.getMessage());
            return ExitCode.USAGE;
        } catch (IOException e) {
            line.getErr().println("patinox simulate: could not write: " + e.getMessage());
            return NOT_WRITTEN;
        }
    }

    private List<Outcome> replay(Screen screen) throws InterruptedException {
        List<Contender> contenders =
                policies == null ? Contenders.usual() : Contenders.named(policies);
        Simulation simulation = new Simulation(contenders, Size.list(sizes));
        TraceFile reader = reader();
        traces.forEach(TraceFile::check);
        List<Outcome> outcomes = new ArrayList<>();
        for (Path file : traces) {
            if (screen.terminal().live()) {
                screen.live("reading " + file.getFileName());
            }
            Trace trace = read(reader, file);
            Outcome outcome =
                    simulation.run(trace, (done, all) -> progress(screen, file, done, all));
            screen.endLive();
            screen.line(String.join("\n", OutcomeText.table(outcome)) + "\n");
            outcomes.add(outcome);
        }
        if (outcomes.size() > 1) {
            screen.line(String.join("\n", OutcomeText.means(outcomes)) + "\n");
        }
        boolean starred = contenders.stream().anyMatch(one -> !one.name().equals(Optimum.NAME));
        if (starred) {
            screen.line("* the most hits, but for the optimum, which knows the future");
        }
        return outcomes;
    }

    private TraceFile reader() {
        if (column < 1) {
            throw new BadInputException(
                    "--column is %d, but columns count from 1".formatted(column));
        }
        if (limit < 1) {
            throw new BadInputException("--limit is %d, but must be at least 1".formatted(limit));
        }
        for (TraceFormat known : TraceFormat.values()) {
            if (known.toString().equalsIgnoreCase(format)) {
                return new TraceFile(known, column, limit);
            }
        }
        throw new BadInputException(
                "'%s' is no format; choose among auto, text, int32, int64, csv, arc and lirs"
                        .formatted(format));
    }

    private static Trace read(TraceFile reader, Path file) {
        try {
            return reader.read(file);
        } catch (OutOfMemoryError e) {
            throw new BadInputException(
                    ("%s does not fit into the memory; give more by the environment variable"
                                    + " JAVA_TOOL_OPTIONS=-Xmx8g, or read less by --limit")
                            .formatted(file));
        }
    }

    /// Only where a line can be overwritten: elsewhere it would drown the tables.
    private static void progress(Screen screen, Path file, int done, int all) {
        if (screen.terminal().live()) {
            String bar = Bar.of(screen.terminal(), (double) done / all, BAR);
            screen.live(
                    "%s replaying %s of %s  %s"
                            .formatted(
                                    bar,
                                    Figures.count(done),
                                    Figures.count(all),
                                    file.getFileName()));
        }
    }

    /// A replay takes a while: whoever waited for it shall not hear that it was for nothing.
    private static void checkFolder(@Nullable Path file) throws IOException {
        if (file == null) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(file)) {
            throw new IOException(
                    "%s is no file in a folder that exists; make the folder or name another file"
                            .formatted(file));
        }
    }

    private static void write(
            @Nullable Path file, List<Outcome> outcomes, Function<List<Outcome>, String> form)
            throws IOException {
        if (file != null) {
            Files.write(file, form.apply(outcomes).getBytes(StandardCharsets.UTF_8));
        }
    }
}
