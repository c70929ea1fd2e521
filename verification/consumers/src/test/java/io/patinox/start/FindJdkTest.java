package io.patinox.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The search for a JDK, as `mvnw` and `./patinox` do it.
class FindJdkTest {

    private static final String NOT_FOUND = "Patinox needs JDK 25 or newer and found none";

    @TempDir private Path folder;
    private Sandbox sandbox;

    @BeforeEach
    void setUp() throws IOException {
        sandbox = new Sandbox(folder.resolve("a machine"));
    }

    @Test
    void javaHome_unset_takesTheInstalledOne() throws Exception {
        putOnPath(sandbox.jdk(sandbox.system.resolve("usr/lib/jvm/jdk-17"), "17.0.15"));
        Path jdk = sandbox.jdk(sandbox.system.resolve("usr/lib/jvm/temurin-25"), "25.0.3");

        assertFound(jdk, "");
    }

    @Test
    void javaHome_fits_isKept() throws Exception {
        sandbox.jdk(sandbox.system.resolve("usr/lib/jvm/temurin-25"), "25");
        Path given = sandbox.jdk(folder.resolve("my own"), "26-ea");
        sandbox.environment.put("JAVA_HOME", given.toString());

        assertFound(given, "");
    }

    @Test
    void javaHome_older_isPassedOverWithALine() throws Exception {
        Path jdk = sandbox.jdk(sandbox.system.resolve("usr/lib/jvm/temurin-25"), "25.0.3");
        Path given = sandbox.jdk(folder.resolve("jdk-17"), "17.0.15");
        sandbox.environment.put("JAVA_HOME", given.toString());

        assertFound(jdk, "JAVA_HOME (" + given + ") is Java 17; passed over for " + jdk);
    }

    @Test
    void javaHome_withoutCompiler_isPassedOverWithALine() throws Exception {
        Path jdk = sandbox.jdk(sandbox.system.resolve("usr/lib/jvm/temurin-25"), "25.0.3");
        Path given = sandbox.jre(folder.resolve("jre-25"), "25.0.3");
        sandbox.environment.put("JAVA_HOME", given.toString());

        assertFound(
                jdk,
                "JAVA_HOME (" + given + ") is no JDK: it has no bin/javac; passed over for " + jdk);
    }

    @Test
    void javaHome_missing_isPassedOverWithALine() throws Exception {
        Path jdk = sandbox.jdk(sandbox.system.resolve("usr/lib/jvm/temurin-25"), "25.0.3");
        sandbox.environment.put("JAVA_HOME", "/nowhere");

        assertFound(jdk, "JAVA_HOME (/nowhere) is no folder; passed over for " + jdk);
    }

    @Test
    void search_nothingInstalled_saysWhatToDo() throws Exception {
        var outcome = find("verify", "-q");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err().lines()).hasSize(1);
        assertThat(outcome.err())
                .startsWith(NOT_FOUND + ": install one")
                .endsWith("type: JAVA_HOME=/path/to/jdk-25 ./mvnw verify -q");
    }

    @Test
    void search_onlyOlderOnes_saysWhatToDo() throws Exception {
        Path given = sandbox.jdk(folder.resolve("jdk-21"), "21.0.1");
        putOnPath(sandbox.jdk(sandbox.system.resolve("usr/lib/jvm/jdk-17"), "17.0.15"));
        sandbox.jdk(sandbox.system.resolve("opt/jdk-8"), "1.8.0_412");
        sandbox.environment.put("JAVA_HOME", given.toString());

        var outcome = find();

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err().lines()).hasSize(1);
        assertThat(outcome.err())
                .startsWith(NOT_FOUND + " (JAVA_HOME (" + given + ") is Java 21): install one");
    }

    @Test
    void search_newerOnly_takesIt() throws Exception {
        Path jdk = sandbox.jdk(sandbox.system.resolve("usr/lib/jvm/jdk-26"), "26");

        assertFound(jdk, "");
    }

    @Test
    void search_newerAndExact_takesTheExactOne() throws Exception {
        sandbox.jdk(sandbox.system.resolve("usr/lib/jvm/jdk-27"), "27.0.1");
        Path jdk = sandbox.jdk(sandbox.home.resolve(".jdks/temurin-25"), "25.0.3");

        assertFound(jdk, "");
    }

    @Test
    void search_noReleaseFile_asksJava() throws Exception {
        Path jdk = sandbox.jdk(sandbox.system.resolve("opt/openjdk"), "25.0.3");
        Files.delete(jdk.resolve("release"));

        assertFound(jdk, "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "usr/lib/jvm/x",
                "usr/java/x",
                "opt/my-jdk-25",
                "opt/java-25",
                "opt/java/openjdk",
                "Library/Java/JavaVirtualMachines/temurin-25.jdk/Contents/Home",
                "opt/homebrew/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home",
                "usr/local/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home",
                "home/linuxbrew/.linuxbrew/opt/openjdk@25/libexec"
            })
    void search_inSystemFolder_findsIt(String place) throws Exception {
        assertFound(sandbox.jdk(sandbox.system.resolve(place), "25"), "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Library/Java/JavaVirtualMachines/temurin-25.jdk/Contents/Home",
                ".sdkman/candidates/java/25.0.1-tem",
                ".jdks/temurin-25.0.1",
                ".gradle/jdks/eclipse_adoptium-25",
                ".asdf/installs/java/temurin-25.0.1",
                ".local/share/mise/installs/java/25"
            })
    void search_inUsersFolder_findsIt(String place) throws Exception {
        assertFound(sandbox.jdk(sandbox.home.resolve(place), "25"), "");
    }

    @Test
    void search_variableOfABuildServer_findsIt() throws Exception {
        Path jdk = sandbox.jdk(folder.resolve("tool cache/jdk"), "25.0.3");
        sandbox.environment.put("JAVA_HOME_25_X64", jdk.toString());

        assertFound(jdk, "");
    }

    @Test
    void search_linkOnThePath_isFollowed() throws Exception {
        Path jdk = sandbox.jdk(folder.resolve("elsewhere/jdk"), "25.0.3");
        Path alternative = folder.resolve("alternative");
        Files.createSymbolicLink(alternative, jdk.resolve("bin/javac"));
        Files.createSymbolicLink(sandbox.bin.resolve("javac"), sandbox.bin.relativize(alternative));

        assertFound(jdk, "");
    }

    @Test
    void search_shimOnThePath_isAsked() throws Exception {
        Path jdk = sandbox.jdk(folder.resolve("elsewhere/jdk"), "25.0.3");
        Sandbox.script(sandbox.bin.resolve("javac"), "exit 0");
        Sandbox.script(
                sandbox.bin.resolve("java"), "echo '    java.home = " + jdk + "' >&2", "exit 0");

        assertFound(jdk, "");
    }

    @Test
    void wrapper_regenerated_stillSearches() throws Exception {
        String wrapper = Files.readString(Sandbox.project().resolve("mvnw"));

        int search = wrapper.indexOf("\n. \"$(dirname \"$0\")/.mvn/find-jdk.sh\"");
        assertThat(search).isPositive().isLessThan(wrapper.indexOf("\nset -euf"));
    }

    private void putOnPath(Path jdk) throws IOException {
        for (String tool : new String[] {"java", "javac"}) {
            Files.createSymbolicLink(sandbox.bin.resolve(tool), jdk.resolve("bin").resolve(tool));
        }
    }

    private void assertFound(Path jdk, String err) throws Exception {
        var outcome = find();

        assertThat(outcome.err()).isEqualTo(err);
        assertThat(outcome.out()).isEqualTo(jdk.toString());
        assertThat(outcome.exitCode()).isZero();
    }

    /// Runs the search as a script called `./mvnw` would, with the shell's strictest options.
    private Sandbox.Outcome find(String... arguments) throws Exception {
        Path search = Sandbox.project().resolve(".mvn/find-jdk.sh");
        Sandbox.script(
                sandbox.root.resolve("mvnw"),
                "set -eu",
                ". '" + search + "'",
                "env | sed -n 's/^JAVA_HOME=//p'");
        var command = new String[arguments.length + 1];
        command[0] = "./mvnw";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return sandbox.run(command);
    }
}
