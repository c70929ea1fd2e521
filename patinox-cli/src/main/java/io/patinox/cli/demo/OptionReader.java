package io.patinox.cli.demo;

import io.patinox.cli.demo.DemoOptions.OwnDatabaseOptions;
import io.patinox.cli.terminal.Figures;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/// Checks what was typed. Every complaint is one sentence that names the option, the value and what
/// would do instead.
final class OptionReader {

    static final int CLIENTS_MAX = 10_000;
    static final int CLIENTS = 1_000;
    static final int SECONDS_MIN = 3;
    static final int SECONDS_MAX = 3_600;
    static final int SECONDS = 30;
    static final int POOL_SIZE_MAX = 200;
    static final int POOL_SIZE_USUAL_MIN = 4;
    static final int POOL_SIZE_USUAL_MAX = 16;
    static final String PASSWORD_VARIABLE = "PATINOX_PASSWORD";

    private static final String URL_START = "jdbc:postgresql:";

    private final Map<String, String> environment;
    private final Supplier<char @Nullable []> prompt;

    /// Prepares the checks.
    ///
    /// @param environment the environment variables
    /// @param prompt asks for the password without echo; null if there is no terminal to ask at
    OptionReader(Map<String, String> environment, Supplier<char @Nullable []> prompt) {
        this.environment = environment;
        this.prompt = prompt;
    }

    DemoOptions read(DemoCommand typed) {
        int clients = number("--clients", typed.clients, CLIENTS, 1, CLIENTS_MAX);
        int seconds = number("--seconds", typed.seconds, SECONDS, SECONDS_MIN, SECONDS_MAX);
        int usual = Math.min(clients, usualPoolSize(Runtime.getRuntime().availableProcessors()));
        int poolSize = number("--pool-size", typed.poolSize, usual, 1, POOL_SIZE_MAX);
        if (poolSize > clients) {
            throw new BadInputException(
                    "--pool-size %s is more than --clients %s:"
                            .concat(" there must be at least one client a connection.")
                            .formatted(Figures.count(poolSize), Figures.count(clients)));
        }
        Path json = typed.json == null ? null : file(typed.json);
        OwnDatabaseOptions database = database(typed);
        return new DemoOptions(
                clients, Duration.ofSeconds(seconds), poolSize, !typed.noChaos, json, database);
    }

    /// A database has work for about two connections a processor, and one while others wait.
    static int usualPoolSize(int processors) {
        return Math.clamp(2L * processors + 1, POOL_SIZE_USUAL_MIN, POOL_SIZE_USUAL_MAX);
    }

    private static int number(String option, @Nullable String typed, int usual, int min, int max) {
        if (typed == null) {
            return usual;
        }
        String wanted =
                "give a whole number from "
                        + Figures.count(min)
                        + " to "
                        + Figures.count(max)
                        + ".";
        String text = typed.strip();
        if (!text.matches("[+-]?[0-9]+")) {
            throw new BadInputException(option + " '" + typed + "' is not a number: " + wanted);
        }
        // more than nine digits are too many whatever they are
        String digits = text.replaceFirst("^[+-]?0*(?=.)", "");
        long value = digits.length() > 9 ? Long.MAX_VALUE : Long.parseLong(digits);
        if (text.startsWith("-") || value < min || value > max) {
            throw new BadInputException(option + " " + text + " is out of range: " + wanted);
        }
        return (int) value;
    }

    /// The place for the report is looked at before the run, not after it.
    private static Path file(String typed) {
        Path file;
        try {
            file = Path.of(typed).toAbsolutePath();
        } catch (InvalidPathException invalid) {
            throw new BadInputException("--json '" + typed + "' is not the name of a file.");
        }
        Path directory = file.getParent();
        if (typed.isBlank() || directory == null || Files.isDirectory(file)) {
            throw new BadInputException(
                    "--json '" + typed + "' is a directory: name a file in it.");
        }
        if (!Files.isDirectory(directory)) {
            throw new BadInputException(
                    "--json "
                            + typed
                            + ": there is no directory "
                            + directory
                            + "; make it first.");
        }
        if (!Files.isWritable(Files.exists(file) ? file : directory)) {
            throw new BadInputException("--json " + typed + " can't be written here.");
        }
        return file;
    }

    private @Nullable OwnDatabaseOptions database(DemoCommand typed) {
        String url = typed.jdbcUrl;
        if (url == null) {
            refuseAlone("--user", typed.user);
            refuseAlone("--password", typed.password);
            return null;
        }
        if (!url.toLowerCase(Locale.ROOT).startsWith(URL_START)) {
            int colon = url.indexOf(':', url.indexOf(':') + 1);
            throw new BadInputException(
                    "--jdbc-url %s is not for PostgreSQL: it has to begin with %s//host/database."
                            .formatted(colon < 0 ? "" : url.substring(0, colon + 1), URL_START)
                            .replace("  ", " "));
        }
        if (!new Driver().acceptsURL(url)) {
            throw new BadInputException(
                    "--jdbc-url can't be read: write %s//host:port/database.".formatted(URL_START));
        }
        return new OwnDatabaseOptions(url, typed.user, password(typed.password));
    }

    private static void refuseAlone(String option, @Nullable String value) {
        if (value != null) {
            throw new BadInputException(
                    option + " needs --jdbc-url: the embedded database makes its own user.");
        }
    }

    /// The option's value; asked for if it was given without one; else the environment's.
    private @Nullable String password(@Nullable String typed) {
        if (typed == null) {
            return environment.get(PASSWORD_VARIABLE);
        }
        if (!typed.isEmpty()) {
            return typed;
        }
        char[] answer = prompt.get();
        if (answer == null) {
            throw new BadInputException(
                    "--password has no value and there is no terminal to ask for it: set %s."
                            .formatted(PASSWORD_VARIABLE));
        }
        return new String(answer);
    }
}
