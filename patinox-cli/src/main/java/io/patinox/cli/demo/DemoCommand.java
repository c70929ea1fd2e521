package io.patinox.cli.demo;

import io.patinox.cli.terminal.Screen;
import io.patinox.cli.terminal.Terminal;
import java.io.Console;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `patinox demo`: reads the options, runs the demo, gives the exit code.
@Command(
        name = "demo",
        description = {
            "Lets clients move money in a real PostgreSQL through the pooled data source, breaks"
                    + " connections, restarts the server and leaks a connection meanwhile, audits"
                    + " the money, and reports.",
            ""
        },
        sortOptions = false,
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all targets met",
            "1:a target missed, or the demo could not go on",
            "2:bad input",
            "130:ended by Ctrl-C (143: by SIGTERM)"
        })
public final class DemoCommand implements Callable<Integer> {

    static final int BAD_INPUT = 2;

    /// Held here, since loggers that nobody holds forget their levels.
    private static final Logger DRIVER_LOG = Logger.getLogger("org.postgresql");

    @Option(
            names = "--clients",
            paramLabel = "N",
            description = "How many clients the crowd has, 1 to 10,000 (default: 1,000).")
    @Nullable String clients;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "How long the clients work, 3 to 3,600 (default: 30).")
    @Nullable String seconds;

    @Option(
            names = "--pool-size",
            paramLabel = "N",
            description =
                    "How many connections they share, 1 to 200 and at most as many as clients"
                            + " (default: two a processor and one, 4 to 16).")
    @Nullable String poolSize;

    @Option(
            names = "--jdbc-url",
            paramLabel = "URL",
            description =
                    "A PostgreSQL database of your own instead of the embedded one. The demo makes"
                            + " the schema patinox_demo there, and drops it at the end.")
    @Nullable String jdbcUrl;

    @Option(names = "--user", paramLabel = "NAME", description = "The user of --jdbc-url.")
    @Nullable String user;

    @Option(
            names = "--password",
            paramLabel = "PASSWORD",
            arity = "0..1",
            fallbackValue = "",
            description =
                    "The password of --jdbc-url; asked for if given without a value. Without this"
                            + " option: the environment variable PATINOX_PASSWORD.")
    @Nullable String password;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Also write the report to this file, as JSON.")
    @Nullable String json;

    @Option(names = "--no-chaos", description = "Kill nothing, restart nothing, leak nothing.")
    boolean noChaos;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    boolean help;

    @Spec private CommandSpec spec = CommandSpec.create();

    /// Makes the command; picocli sets its fields.
    public DemoCommand() {}

    @Override
    public Integer call() {
        DRIVER_LOG.setLevel(Level.OFF); // what it has to say comes as an exception, too
        CommandLine line = spec.commandLine();
        try {
            DemoOptions options =
                    new OptionReader(System.getenv(), DemoCommand::askPassword).read(this);
            Screen screen = new Screen(line.getOut(), Terminal.detect());
            return run(options, screen);
        } catch (BadInputException bad) {
            line.getErr().println("patinox demo: " + bad.getMessage());
            return BAD_INPUT;
        }
    }

    /// Ctrl-C ends the JVM only after the demo has cleaned up and reported.
    private static int run(DemoOptions options, Screen screen) {
        var stop = new StopSignal();
        try (var _ = ShutdownHook.install(stop)) {
            return new Demo(options, screen, stop).run();
        }
    }

    @SuppressWarnings("SystemConsoleNull") // java.base's own console, JDK 25's usual one, is null
    private static char @Nullable [] askPassword() {
        Console console = System.console();
        return console == null || !console.isTerminal() ? null : console.readPassword("Password: ");
    }
}
