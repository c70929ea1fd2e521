package io.patinox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.cli.demo.TestDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/// The command line as it is typed: what goes wrong is one sentence on the error stream and exit
/// code 2, before anything has been started.
@ExtendWith(TestDatabase.Resolver.class)
class DemoCommandLineTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--clients 0|--clients 0 is out of range: 1-10,000",
                "--clients=-5|--clients -5 is out of range: 1-10,000",
                "--clients 10001|--clients 10001 is out of range: 1-10,000",
                "--clients 99999999999999999999|"
                        + "--clients 99999999999999999999 is out of range: 1-10,000",
                "--clients many|--clients 'many' is not a number: 1-10,000",
                "--clients 1.5|--clients '1.5' is not a number: 1-10,000",
                "--clients=|--clients '' is not a number: 1-10,000",
                "--seconds 2|--seconds 2 is out of range: 3-3,600",
                "--seconds 3601|--seconds 3601 is out of range: 3-3,600",
                "--seconds 1e3|--seconds '1e3' is not a number: 3-3,600",
                "--pool-size 0|--pool-size 0 is out of range: 1-200",
                "--pool-size 201|--pool-size 201 is out of range: 1-200",
                "--clients 5 --pool-size 6|"
                        + "--pool-size 6 is more than --clients 5: there must be at least one"
                        + " client a connection.",
                "--user me|--user needs --jdbc-url: the embedded database makes its own user.",
                "--password secret|"
                        + "--password needs --jdbc-url: the embedded database makes its own user.",
                "--jdbc-url jdbc:mysql://h/d|"
                        + "--jdbc-url jdbc:mysql: is not for PostgreSQL: it has to begin with"
                        + " jdbc:postgresql://host/database.",
                "--jdbc-url nonsense|"
                        + "--jdbc-url is not for PostgreSQL: it has to begin with"
                        + " jdbc:postgresql://host/database.",
                "--jdbc-url jdbc:postgresql://h:port/d|"
                        + "--jdbc-url can't be read: write jdbc:postgresql://host:port/database.",
                "--json /no/such/directory/r.json|"
                        + "--json /no/such/directory/r.json: there is no directory"
                        + " /no/such/directory; make it first.",
                "--json /|--json '/' is a directory: name a file in it.",
                "--clients|"
                        + "Missing required parameter for option '--clients' (N) (see: patinox"
                        + " demo --help)",
                "--frobnicate|Unknown option: '--frobnicate' (see: patinox demo --help)",
                "twice|Unmatched argument at index 1: 'twice' (see: patinox demo --help)",
            })
    void demo_badValue_saysOneSentenceAndExitsWith2(String arguments, String shortened) {
        String sentence =
                shortened.replaceFirst(
                        ": ([0-9,]+)-([0-9,]+)$", ": give a whole number from $1 to $2.");
        assertThat(run(("demo " + arguments).split(" "))).isEqualTo(2);
        assertThat(err.toString()).endsWith(sentence + System.lineSeparator()).hasLineCount(1);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void demo_jsonInAnEmptyName_isRefused() {
        assertThat(run("demo", "--json", "")).isEqualTo(2);
        assertThat(err.toString()).startsWith("patinox demo: --json ").hasLineCount(1);
    }

    @Test
    void demo_databaseUnreachable_saysSoWithoutThePassword() {
        int code =
                run(
                        "demo",
                        "--jdbc-url",
                        "jdbc:postgresql://127.0.0.1:1/nowhere?password=hush",
                        "--user",
                        "me",
                        "--password",
                        "secret");
        assertThat(code).isEqualTo(2);
        assertThat(err.toString())
                .startsWith(
                        "patinox demo: --jdbc-url jdbc:postgresql://127.0.0.1:1/nowhere"
                                + " doesn't let us in: ")
                .doesNotContain("hush", "secret")
                .hasLineCount(1);
    }

    @Test
    void demo_wrongPassword_saysSoWithoutThePassword(TestDatabase database) {
        int code =
                run(
                        "demo",
                        "--jdbc-url",
                        database.url(),
                        "--user",
                        database.user(),
                        "--password",
                        "wrong-one");
        assertThat(code).isEqualTo(2);
        assertThat(err.toString())
                .contains("password authentication failed")
                .doesNotContain("wrong-one")
                .hasLineCount(1);
    }

    @Test
    void demo_passwordWithoutValueAndNoTerminal_namesTheVariable(TestDatabase database) {
        assertThat(run("demo", "--jdbc-url", database.url(), "--password")).isEqualTo(2);
        assertThat(err)
                .hasToString(
                        "patinox demo: --password has no value and there is no terminal to ask for"
                                + " it: set PATINOX_PASSWORD."
                                + System.lineSeparator());
    }

    @Test
    void demo_schemaAlreadyThere_isRefusedAndLeftAlone(TestDatabase database) throws Exception {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA patinox_demo CREATE TABLE theirs (n int)");
            assertThat(runOn(database)).isEqualTo(2);
            assertThat(err.toString())
                    .startsWith("patinox demo: The schema patinox_demo is already in ")
                    .hasLineCount(1);
            statement.execute("SELECT * FROM patinox_demo.theirs");
            statement.execute("DROP SCHEMA patinox_demo CASCADE");
        }
    }

    @Test
    void demo_tooFewConnectionsLeft_isRefused(TestDatabase database) {
        assertThat(runOn(database, "--pool-size", "60")).isEqualTo(2);
        assertThat(err.toString()).contains("--pool-size 60 needs 63").hasLineCount(1);
    }

    @Test
    void demo_userMayNotCreate_isRefused(TestDatabase database) throws Exception {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE guest LOGIN PASSWORD 'guest'");
        }
        int code =
                run("demo", "--jdbc-url", database.url(), "--user", "guest", "--password", "guest");
        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains("may not create a schema").hasLineCount(1);
    }

    @Test
    void demo_onAnOwnDatabase_isRightAndLeavesNothing(
            TestDatabase database, @TempDir Path directory) throws Exception {
        Path json = directory.resolve("report.json");
        int code =
                runOn(
                        database,
                        "--seconds",
                        "4",
                        "--clients",
                        "40",
                        "--pool-size",
                        "4",
                        "--json",
                        json.toString());
        assertThat(err.toString()).isEmpty();
        boolean met = out.toString().endsWith("All 9 targets met.\n");
        assertThat(code).isEqualTo(met ? 0 : 1);
        assertThat(out.toString())
                .contains("killed 2 back ends", "killed 4 back ends")
                .containsPattern("met +money: database and ledgers agree")
                .containsPattern("met +resources: all acquired are accounted for, none open");
        assertThat(json).content().contains("\"allMet\" : " + met).doesNotContain("password");
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "SELECT (SELECT count(*) FROM pg_namespace WHERE nspname ="
                                        + " 'patinox_demo') + (SELECT count(*) FROM"
                                        + " pg_stat_activity WHERE application_name LIKE"
                                        + " 'patinox-demo%')")) {
            rows.next();
            assertThat(rows.getInt(1)).isZero();
        }
    }

    @Test
    void help_anyCommand_goesToTheOutput() {
        assertThat(run("demo", "--help")).isZero();
        assertThat(out.toString()).contains("--clients=N", "--no-chaos", "130");
        assertThat(err.toString()).isEmpty();
    }

    private int runOn(TestDatabase database, String... more) {
        String[] own = {
            "demo",
            "--jdbc-url",
            database.url(),
            "--user",
            database.user(),
            "--password",
            database.password()
        };
        String[] all = Arrays.copyOf(own, own.length + more.length);
        System.arraycopy(more, 0, all, own.length, more.length);
        return run(all);
    }

    private int run(String... arguments) {
        CommandLine line = Patinox.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}
