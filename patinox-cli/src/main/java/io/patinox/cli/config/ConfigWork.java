package io.patinox.cli.config;

import io.patinox.memory.error.ConfigException;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.ExitCode;

/// What the commands have in common: a failure is one line, and an exit code.
final class ConfigWork {

    static final String MET = "0:there is nothing to complain about";
    static final String PROBLEMS = "1:the file has problems, which are listed";
    static final String SENSELESS = "2:the arguments make no sense";
    static final String FAILED = "3:the file could not be read or written";

    /// The file has problems.
    static final int WRONG = 1;

    /// Something else went wrong.
    static final int BROKEN = 3;

    /// One command.
    interface Step {
        int run() throws IOException;
    }

    private ConfigWork() {}

    /// Runs a command; what is wrong with the file goes to the output, as the answer that was asked
    /// for.
    static int run(ConfigTarget target, PrintWriter out, PrintWriter err, Step step) {
        try (target) {
            return step.run();
        } catch (ConfigException e) {
            out.println(e.getMessage());
            return WRONG;
        } catch (IOException e) {
            err.println("%s: %s".formatted(target.file(), e));
            return BROKEN;
        }
    }

    static int ok() {
        return ExitCode.OK;
    }
}
