package io.patinox.cli;

import io.patinox.cli.bench.BenchCommand;
import io.patinox.cli.config.ConfigCommand;
import io.patinox.cli.demo.DemoCommand;
import io.patinox.cli.inspect.InspectCommand;
import io.patinox.cli.simulate.SimulateCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The command line of Patinox: parses the arguments and runs the command they name.
@Command(
        name = "patinox",
        description = "Shows and measures Patinox Memory.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        subcommands = {
            DemoCommand.class,
            BenchCommand.class,
            ConfigCommand.class,
            InspectCommand.class,
            SimulateCommand.class
        })
public final class Patinox implements Runnable {

    @Spec private CommandSpec spec = CommandSpec.create();

    private Patinox() {}

    /// Runs the command line and ends the process with its exit code.
    ///
    /// @param args the arguments as typed
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /// Returns the command line, with every command.
    static CommandLine commandLine() {
        return new CommandLine(new Patinox()).setParameterExceptionHandler(new OneSentence());
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
