package io.patinox.cli;

import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;

/// Answers a command line that makes no sense with one sentence and exit code 2. The usage text
/// that would otherwise follow pushes the sentence off the screen; `--help` prints it.
final class OneSentence implements IParameterExceptionHandler {

    @Override
    public int handleParseException(ParameterException exception, String[] args) {
        var commandLine = exception.getCommandLine();
        String command = commandLine.getCommandSpec().qualifiedName();
        commandLine
                .getErr()
                .println("%s (see: %s --help)".formatted(exception.getMessage(), command));
        return ExitCode.USAGE;
    }
}
