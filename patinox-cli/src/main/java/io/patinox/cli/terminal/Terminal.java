package io.patinox.cli.terminal;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What the standard output can do.
///
/// @param live whether a line can be overwritten in place
/// @param colours whether colours may be used
/// @param unicode whether lines and bars may be drawn with characters beyond ASCII
/// @param columns how wide a line may be
public record Terminal(boolean live, boolean colours, boolean unicode, int columns) {

    private static final int COLUMNS_USUAL = 80;
    private static final int COLUMNS_MIN = 40;
    private static final int COLUMNS_MAX = 400;

    /// A pipe or a file: plain ASCII lines of 80 columns.
    public static final Terminal PLAIN = new Terminal(false, false, false, COLUMNS_USUAL);

    /// Looks at the process's standard output and environment.
    ///
    /// A terminal named `dumb`, or none at all, gets plain lines; `NO_COLOR` takes the colours
    /// away; `COLUMNS`, or the terminal itself, says the width.
    ///
    /// @return what was found
    public static Terminal detect() {
        Map<String, String> environment = System.getenv();
        boolean terminal = isTerminal();
        int columns = columns(environment.get("COLUMNS"), terminal);
        return of(terminal, environment, System.getProperty("stdout.encoding", ""), columns);
    }

    static Terminal of(
            boolean terminal, Map<String, String> environment, String encoding, int columns) {
        String term = environment.getOrDefault("TERM", "dumb");
        boolean live = terminal && !term.equals("dumb") && !term.isEmpty();
        boolean colours = live && environment.getOrDefault("NO_COLOR", "").isEmpty();
        boolean unicode = encoding.equalsIgnoreCase("UTF-8");
        return new Terminal(live, colours, unicode, columns);
    }

    @SuppressWarnings("SystemConsoleNull") // java.base's own console, JDK 25's usual one, is null
    private static boolean isTerminal() {
        Console console = System.console();
        if (console != null && console.isTerminal()) {
            return true;
        }
        // Console also wants a terminal as standard input; on Linux the output can be asked alone
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }

    static int columns(@Nullable String variable, boolean terminal) {
        if (variable != null && variable.matches("[0-9]{1,4}")) {
            return Math.clamp(Integer.parseInt(variable), COLUMNS_MIN, COLUMNS_MAX);
        }
        return terminal ? columnsOfTheTerminal() : COLUMNS_USUAL;
    }

    private static int columnsOfTheTerminal() {
        try {
            Process stty =
                    new ProcessBuilder("stty", "size")
                            .redirectInput(Path.of("/dev/tty").toFile())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            String answer =
                    new String(stty.getInputStream().readAllBytes(), Charset.defaultCharset());
            stty.waitFor(1, TimeUnit.SECONDS);
            String[] size = answer.strip().split(" ", -1);
            int columns = size.length == 2 ? Integer.parseInt(size[1]) : 0;
            return columns == 0 ? COLUMNS_USUAL : Math.clamp(columns, COLUMNS_MIN, COLUMNS_MAX);
        } catch (IOException | NumberFormatException unknown) {
            return COLUMNS_USUAL;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return COLUMNS_USUAL;
        }
    }
}
