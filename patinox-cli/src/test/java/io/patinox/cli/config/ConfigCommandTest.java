package io.patinox.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class ConfigCommandTest {

    private static final String OLD = "# mine\nhttp:\n  port: 9000\npass: hunter2\n";

    @TempDir Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /// The root, as the real one is not visible from here.
    @Command(name = "patinox", subcommands = ConfigCommand.class)
    private static final class Root {}

    private int run(String... arguments) {
        return new CommandLine(new Root())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(
                        Stream.concat(Stream.of("config"), Arrays.stream(arguments))
                                .toArray(String[]::new));
    }

    private int runTyped(String command, Path file, String... more) {
        String[] typed = {command, file.toString(), "--type", ShopConfig.class.getName()};
        return run(Stream.concat(Arrays.stream(typed), Arrays.stream(more)).toArray(String[]::new));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void config_alone_printsTheCommands() {
        assertThat(run()).isZero();
        assertThat(out.toString()).contains("check", "explain", "migrate");
    }

    @Test
    void check_withoutType_looksAtTheSyntaxAndSaysSo() throws IOException {
        assertThat(run("check", write("a.yaml", "a: 1").toString())).isZero();
        assertThat(out.toString()).contains("without --type nothing but the syntax was checked");
        assertThat(run("check", write("b.toml", "a = hunter2").toString())).isEqualTo(1);
        assertThat(out.toString())
                .contains("CONFIG-SYNTAX: file b.toml:1:1: is no TOML")
                .doesNotContain("hunter2");
    }

    @Test
    void check_withType_listsAllProblems() throws IOException {
        Path file = write("a.json", "{\"schemaVersion\": 3, \"prot\": 1, \"port\": \"many\"}");

        assertThat(runTyped("check", file)).isEqualTo(1);
        assertThat(out.toString())
                .contains("port: must be a whole number")
                .contains("password: is missing, and has no default (file a.json:1:1)")
                .contains("prot: is not known; did you mean port? (file a.json:1:")
                .endsWith("3 problems\n");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void check_ofAnOldFile_isFineAndSaysHowToRewrite() throws IOException {
        Path file = write("a.yaml", OLD);

        assertThat(runTyped("check", file, "--class-path", "/none:/there")).isZero();
        assertThat(out.toString())
                .contains(
                        "has schemaVersion 1, the present one is 3; rewrite it by: patinox config")
                .contains("a.yaml fits ShopConfig");
        assertThat(runTyped("check", write("n.yaml", "schemaVersion: 9"))).isEqualTo(1);
        assertThat(out.toString()).contains("schemaVersion is 9, but this program knows 1 to 3");
    }

    @Test
    void check_lenient_warnsOfUnknownKeys() throws IOException {
        Path file = write("a.properties", "schemaVersion=3\npassword=x\ncolour=1\n");

        assertThat(runTyped("check", file, "--warn-unknown")).isZero();
        assertThat(out.toString()).contains("warning: colour: is not known, and ignored");
    }

    @Test
    void explain_withType_showsAllButSecrets() throws IOException {
        assertThat(runTyped("explain", write("a.yaml", OLD))).isZero();
        assertThat(out.toString())
                .isEqualTo("port = 9000 (file a.yaml:3:9)\npassword = *** (file a.yaml:4:7)\n");
        assertThat(runTyped("explain", write("b.yaml", "pass: [1]"), "--secret", "port"))
                .isEqualTo(1);
        assertThat(out.toString())
                .contains("port = *** (default of ShopConfig.port)")
                .contains("problem: password: must be one plain value, but is a sequence");
    }

    @Test
    void explain_withoutType_showsPathsOnly() throws IOException {
        Path file = write("a.yaml", "a: {b: hunter2}\nc: [x, y]\n");

        assertThat(run("explain", file.toString())).isZero();
        assertThat(out.toString())
                .contains("a.b (file a.yaml:1:8)\nc[0] (file a.yaml:2:5)\nc[1] (file a.yaml:2:8)\n")
                .contains("without --type no value is shown")
                .doesNotContain("hunter2");
    }

    @Test
    void migrate_ofAnOldFile_rewritesItAndKeepsTheOld() throws IOException {
        Path file = write("a.yaml", OLD);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        write("a.yaml.bak", "somebody's");
        Path link = Files.createSymbolicLink(folder.resolve("link.yaml"), file);

        assertThat(runTyped("migrate", link)).isZero();

        assertThat(file).hasContent("schemaVersion: 3\nport: 9000\npassword: hunter2\n");
        assertThat(Files.getPosixFilePermissions(file))
                .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
        assertThat(folder.resolve("a.yaml.bak.1")).hasContent(OLD);
        assertThat(link).isSymbolicLink();
        assertThat(out.toString())
                .contains("went from schemaVersion 1 to 3; the old one is", "a.yaml.bak.1");
        assertThat(folder)
                .isDirectoryContaining("glob:**.bak")
                .isDirectoryNotContaining("glob:**.new");
        assertThat(runTyped("migrate", file)).isZero();
        assertThat(out.toString())
                .contains("has the present schemaVersion, 3; nothing was written");
    }

    @Test
    void migrate_dryRun_printsAndWritesNothing() throws IOException {
        Path file = write("a.properties", "http.port=1\npass=x\n");

        assertThat(runTyped("migrate", file, "--dry-run")).isZero();
        assertThat(out.toString()).isEqualTo("schemaVersion = 3\nport = 1\npassword = x\n");
        assertThat(folder).isDirectoryNotContaining("glob:**.bak");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "migrate a.yaml|this needs the record: give --type and --class-path",
                "check b.yaml|there is no file b.yaml",
                "check .|there is no file .",
                "check pom.xml|of a known format (.properties, .yaml, .yml, .toml, .json)",
                "check a.yaml --type no.Such|there is no file a.yaml",
            })
    void arguments_withoutSense_areRefused(String line, String sentence) {
        assertThat(run(line.split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains(sentence);
    }

    @Test
    void type_thatIsNotThere_isRefusedByName() throws IOException {
        Path file = write("a.yaml", "a: 1");

        assertThat(run("check", file.toString(), "--type", "no.Such", "--class-path", "x"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("there is no class no.Such at the class path x");
        assertThat(run("check", file.toString(), "--type", "java.lang.String")).isEqualTo(1);
        assertThat(out.toString()).contains("CONFIG-TYPE: java.lang.String cannot be bound");
    }
}
