package io.patinox.cli.config;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// What can be done with a file of settings. By itself it prints how.
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description = "Checks, explains and migrates files of settings.",
        subcommands = {CheckCommand.class, ExplainCommand.class, MigrateCommand.class})
public final class ConfigCommand implements Runnable {

    @Spec private CommandSpec spec = CommandSpec.create();

    /// Creates the command.
    public ConfigCommand() {}

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
