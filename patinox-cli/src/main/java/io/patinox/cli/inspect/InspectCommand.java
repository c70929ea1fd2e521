package io.patinox.cli.inspect;

import io.patinox.cli.terminal.Figures;
import io.patinox.cli.terminal.Screen;
import io.patinox.cli.terminal.Terminal;
import io.patinox.memory.error.MappingHeaderException;
import io.patinox.memory.error.MappingStorageException;
import io.patinox.memory.mmap.BlockReport;
import io.patinox.memory.mmap.FileInspection;
import io.patinox.memory.mmap.MappedFileHeader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `patinox inspect`: reads the options, looks into the file, prints or exports what is there.
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Shows what is in a mapped file: header, layout, state, and records, as a table or as"
                    + " CSV or JSON. The file is only read.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:shown or exported (and, with --verify, all blocks are good)",
            "1:the file is no mapped file or damaged, or blocks are bad",
            "2:the arguments make no sense, or there is no such file",
            "3:a file could not be read or written"
        })
public final class InspectCommand implements Callable<Integer> {
    private static final int DAMAGED = 1;
    private static final int BROKEN = 3;
    private static final long MOST_IN_A_TABLE = 1_000;
    private static final long USUAL_IN_A_TABLE = 10;
    private static final int ROWS_BETWEEN_LOOKS = 1_000;

    /// Records in which form.
    private enum Format {
        TABLE,
        CSV,
        JSON
    }

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The mapped file.")
    private Path file = Path.of("");

    @Option(names = "--verify", description = "Compare all blocks with their checksums.")
    private boolean verify;

    @Option(
            names = "--rows",
            paramLabel = "N",
            description =
                    "How many records (default: 10 in a table, where 1000 is the most; all in CSV"
                            + " and JSON).")
    private @Nullable Long rows;

    @Option(
            names = "--from",
            paramLabel = "N",
            defaultValue = "0",
            description = "The first record, counted from 0 (default: ${DEFAULT-VALUE}).")
    private long from;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "table, csv or json (default: table; of an export, as its name ends). Without"
                            + " --export, csv and json print nothing else.")
    private @Nullable String format;

    @Option(
            names = "--export",
            paramLabel = "FILE",
            description = "Write records to FILE, as UTF-8, which must not be there.")
    private @Nullable Path export;

    @Option(names = "--force", description = "Let --export overwrite a file.")
    private boolean force;

    private Terminal terminal = Terminal.PLAIN;
    private final Supplier<Terminal> output;

    /// Makes the command; picocli sets its fields.
    public InspectCommand() {
        this(Terminal::detect);
    }

    /// Makes the command for some output, which is looked at when it is used.
    InspectCommand(Supplier<Terminal> output) {
        this.output = output;
    }

    @Override
    public Integer call() {
        CommandLine line = spec.commandLine();
        terminal = output.get();
        try {
            Format form = form();
            checkFile();
            return inspect(form);
        } catch (BadInputException bad) {
            return complain(bad, ExitCode.USAGE);
        } catch (MappingHeaderException damaged) {
            return complain(damaged, DAMAGED);
        } catch (MappingStorageException unread) {
            return complain(unread, BROKEN);
        } catch (IOException unwritten) {
            line.getOut().flush();
            return complain(unwritten, BROKEN);
        }
    }

    private int complain(Exception problem, int exitCode) {
        String message = String.valueOf(problem.getMessage());
        String shown = Printable.message(message, terminal.unicode());
        spec.commandLine().getErr().println("patinox inspect: " + shown);
        return exitCode;
    }

    private Format form() {
        if (from < 0) {
            throw new BadInputException("--from is %d, but records count from 0".formatted(from));
        }
        if (rows != null && rows < 0) {
            throw new BadInputException("--rows is %d, but must be 0 or more".formatted(rows));
        }
        if (force && export == null) {
            throw new BadInputException("--force is for --export FILE only");
        }
        Format form = named();
        if (form == Format.TABLE && export != null) {
            throw new BadInputException(
                    "what shall be exported to %s? name it .csv or .json, or choose --format"
                            .formatted(export));
        }
        if (form == Format.TABLE && rows != null && rows > MOST_IN_A_TABLE) {
            throw new BadInputException(
                    "--rows is %d, but a table has 1000 at most; choose --format csv or json"
                            .formatted(rows));
        }
        return form;
    }

    private Format named() {
        String name = format;
        if (name == null && export != null) {
            String end = export.toString();
            name = end.substring(end.lastIndexOf('.') + 1);
            boolean known = name.equalsIgnoreCase("csv") || name.equalsIgnoreCase("json");
            return known ? Format.valueOf(name.toUpperCase(Locale.ROOT)) : Format.TABLE;
        }
        for (Format known : Format.values()) {
            if (name == null || known.name().equalsIgnoreCase(name)) {
                return known;
            }
        }
        throw new BadInputException(
                "'%s' is no format; choose among table, csv and json".formatted(name));
    }

    private void checkFile() {
        if (!Files.exists(file)) {
            throw new BadInputException("there is no file %s".formatted(file));
        }
        if (!Files.isRegularFile(file)) {
            throw new BadInputException("%s is no file that can be inspected".formatted(file));
        }
    }

    private int inspect(Format form) throws IOException {
        CommandLine line = spec.commandLine();
        boolean printsRowsOnly = form != Format.TABLE && export == null;
        // what is printed beside rows must not get among them
        PrintWriter beside = printsRowsOnly ? line.getErr() : line.getOut();
        Screen screen = new Screen(beside, printsRowsOnly ? Terminal.PLAIN : terminal);
        HeaderText text = new HeaderText(screen);
        try (FileInspection inspection = FileInspection.open(file)) {
            MappedFileHeader header = inspection.header();
            long end = end(form, header);
            if (!printsRowsOnly) {
                text.print(header);
            }
            if (export != null) {
                export(form, export, inspection, end);
                String count = Figures.count(end - from);
                screen.line(
                        "\nexported %s records to %s"
                                .formatted(
                                        count, Printable.message(export + "", terminal.unicode())));
            } else {
                copy(inspection, end, sink(form, screen, line.getOut()));
            }
            line.getOut().flush();
            return verify ? verify(inspection, text) : ExitCode.OK;
        }
    }

    /// Returns where the records that were asked for end.
    private long end(Format form, MappedFileHeader header) {
        if (from > header.count()) {
            throw new BadInputException(
                    "--from is %d, but the file has %d records".formatted(from, header.count()));
        }
        if (verify && header.blockBytes() == 0) {
            throw new BadInputException(
                    "--verify: %s has no checksums to compare with".formatted(file));
        }
        long usual = form == Format.TABLE ? USUAL_IN_A_TABLE : Long.MAX_VALUE;
        return from + Math.min(rows == null ? usual : rows, header.count() - from);
    }

    private RowSink sink(Format form, Screen screen, PrintWriter out) {
        return switch (form) {
            case TABLE -> new TableRows(screen);
            case CSV -> new CsvRows(out, !terminal.live(), terminal.unicode());
            case JSON -> new JsonRows(out, terminal.unicode());
        };
    }

    private int verify(FileInspection inspection, HeaderText text) {
        BlockReport report = inspection.verify();
        text.print(report);
        return report.isGood() ? ExitCode.OK : DAMAGED;
    }

    private void export(Format form, Path target, FileInspection inspection, long end)
            throws IOException {
        if (Files.exists(target) && Files.isSameFile(file, target)) {
            throw new BadInputException("--export %s is the file itself".formatted(target));
        }
        OpenOption[] options =
                force
                        ? new OpenOption[] {
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE
                        }
                        : new OpenOption[] {
                            StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE
                        };
        try (BufferedWriter out =
                Files.newBufferedWriter(target, StandardCharsets.UTF_8, options)) {
            RowSink sink =
                    form == Format.CSV ? new CsvRows(out, true, true) : new JsonRows(out, true);
            copy(inspection, end, sink);
        } catch (FileAlreadyExistsException e) {
            throw new BadInputException(
                    "--export %s is there already; --force overwrites it".formatted(target));
        } catch (IOException e) {
            throw new IOException("could not write %s: %s".formatted(target, e), e);
        }
    }

    private void copy(FileInspection inspection, long end, RowSink sink) throws IOException {
        sink.begin(inspection.header().layout().columns());
        for (long index = from; index < end; index++) {
            if ((index - from) % ROWS_BETWEEN_LOOKS == 0 && nobodyReads()) {
                return;
            }
            sink.row(index, inspection.row(index));
        }
        sink.end();
    }

    /// Tells whether the other end of a pipe was closed, as `head` does it. What goes through a
    /// writer to the standard output fails only there.
    private boolean nobodyReads() {
        return export == null
                && (spec.commandLine().getOut().checkError() || System.out.checkError());
    }
}
