package io.patinox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class PatinoxTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Patinox.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    @Test
    void execute_nothing_printsTheCommands() {
        assertThat(run()).isZero();
        assertThat(out.toString()).contains("Usage: patinox", "bench");
    }

    @Test
    void execute_unknownOption_isOneSentenceAndExitCode2() {
        assertThat(run("bench", "pool", "--quik")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines("Unknown option: '--quik' (see: patinox bench --help)");
    }

    @Test
    void execute_unknownCommand_isOneSentenceAndExitCode2() {
        assertThat(run("banch")).isEqualTo(2);
        assertThat(err.toString()).contains("banch").hasLineCount(1);
    }

    @Test
    void execute_version_isThatOfTheManifest() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).startsWith("patinox ");
    }
}
