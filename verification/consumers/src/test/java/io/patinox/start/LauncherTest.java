package io.patinox.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./patinox`, with a build and a JVM that are scripts: the one writes down that it ran, the other
/// prints what it was asked to do.
class LauncherTest {

    @TempDir private Path folder;
    private Sandbox sandbox;
    private Path project;
    private Path patinox;

    @BeforeEach
    void setUp() throws IOException {
        sandbox = new Sandbox(folder.resolve("a machine"));
        project = Files.createDirectories(folder.resolve("my projects/patinox memory"));
        patinox = project.resolve("patinox");
        Files.copy(Sandbox.project().resolve("patinox"), patinox);
        Files.createDirectories(project.resolve(".mvn"));
        Files.copy(
                Sandbox.project().resolve(".mvn/find-jdk.sh"), project.resolve(".mvn/find-jdk.sh"));
        for (String module : List.of("patinox-memory", "patinox-cli", "benchmarks")) {
            Files.createDirectories(project.resolve(module + "/src/main"));
            Files.writeString(project.resolve(module + "/pom.xml"), "");
        }
        Files.writeString(project.resolve("pom.xml"), "");
        build(
                "for m in patinox-cli benchmarks; do",
                "  case \" $* \" in *$m*)",
                "    mkdir -p $m/target/app/lib",
                "    : >$m/target/app/lib/$m.jar; : >$m/target/app/stamp",
                "  esac",
                "done");
        Path jdk = sandbox.jdk(folder.resolve("jdk"), "25");
        java(
                "for a in \"$@\"; do case $a in -XX:AOTCacheOutput=*)",
                "  echo cache >\"${a#*=}\"; exit",
                "esac; done",
                "for a in \"$@\"; do printf '%s\\n' \"$a\"; done",
                "echo pid $$",
                "exit 7");
        sandbox.environment.put("JAVA_HOME", jdk.toString());
    }

    @Test
    void start_first_buildsOnceAndSaysSo() throws Exception {
        var first = start("demo", "two words", "");
        var second = start("demo");

        assertThat(first.err())
                .startsWith("patinox: building patinox-cli")
                .contains("patinox:   [2/3] Patinox Memory", "patinox: ready");
        assertThat(first.out().lines().toList()).containsSequence("demo", "two words", "");
        assertThat(first.exitCode()).isEqualTo(7);
        assertThat(second.err()).isEmpty();
        assertThat(builds()).hasSize(1).first().asString().contains("-pl patinox-cli -am package");
    }

    @Test
    void start_cachePresent_usesIt() throws Exception {
        start();

        var second = start();

        assertThat(second.out()).contains("-XX:AOTCache=" + project.toRealPath());
        assertThat(second.out()).contains("-Dpatinox.home=" + project.toRealPath());
    }

    @Test
    void start_jvmMakesNoCache_runsWithout() throws Exception {
        java("case $1 in -XX:AOTCacheOutput=*) exit 1 ;; esac", "echo \"$@\"");

        start();
        var second = start();

        assertThat(second.out()).endsWith("io.patinox.cli.Patinox").doesNotContain("AOTCache");
        assertThat(second.err()).isEmpty();
        assertThat(second.exitCode()).isZero();
    }

    @Test
    void start_afterMaven_buildsNothing() throws Exception {
        Files.createDirectories(project.resolve("patinox-cli/target/app/lib"));
        Files.writeString(project.resolve("patinox-cli/target/app/lib/patinox-cli.jar"), "");
        Files.writeString(project.resolve("patinox-cli/target/app/stamp"), "");

        start();

        assertThat(builds()).isEmpty();
    }

    @Test
    void start_sourceIsNewer_buildsAgain() throws Exception {
        start();
        Path source = project.resolve("patinox-memory/src/main/A.java");
        Files.writeString(source, "");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));

        start();

        assertThat(builds()).hasSize(2);
    }

    @Test
    void start_buildFails_showsWhyAndEnds() throws Exception {
        build("echo '[ERROR] a semicolon is missing'", "exit 1");

        var outcome = start();

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("the build failed", "[ERROR] a semicolon is missing");
        assertThat(start().exitCode()).isEqualTo(1);
        assertThat(builds()).hasSize(2);
    }

    @Test
    void start_bench_buildsTheBenchmarksToo() throws Exception {
        start();

        start("bench", "pool");

        assertThat(builds()).hasSize(2).last().asString().contains("-pl benchmarks -am");
        assertThat(project.resolve("benchmarks/target/app/lib/benchmarks.jar")).exists();
    }

    @Test
    void start_twoAtOnce_oneBuilds() throws Exception {
        Path go = project.resolve("go");
        build(
                "until [ -e go ]; do sleep 0.05; done",
                "mkdir -p patinox-cli/target/app/lib",
                ": >patinox-cli/target/app/lib/patinox-cli.jar",
                ": >patinox-cli/target/app/stamp");
        Process first = sandbox.start(project, "./patinox");
        assertThat(first.errorReader().readLine()).contains("building");
        Process second = sandbox.start(project, "./patinox");
        assertThat(second.errorReader().readLine()).contains("waiting for process " + first.pid());
        Files.writeString(go, "");

        assertThat(Sandbox.finish(first).exitCode()).isEqualTo(7);
        assertThat(Sandbox.finish(second).exitCode()).isEqualTo(7);
        assertThat(builds()).hasSize(1);
        assertThat(project.resolve("target/patinox.lock")).doesNotExist();
    }

    @Test
    void start_manyMeetTheLockOfADeadProcess_oneBuilds() throws Exception {
        Process dead = sandbox.start(project, "sh", "-c", "exit 0");
        dead.waitFor();
        Files.createDirectories(project.resolve("target"));
        Files.createSymbolicLink(
                project.resolve("target/patinox.lock"), Path.of(Long.toString(dead.pid())));

        List<Process> starters = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            starters.add(sandbox.start(project, "./patinox"));
        }

        for (Process starter : starters) {
            assertThat(Sandbox.finish(starter).exitCode()).isEqualTo(7);
        }
        assertThat(builds()).hasSize(1);
    }

    @Test
    void start_lockIsNoLock_endsWithASentence() throws Exception {
        Files.createDirectories(project.resolve("target"));
        Files.writeString(project.resolve("target/patinox.lock"), "");

        var outcome = start();

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).startsWith("patinox: cannot write ").contains("patinox.lock");
    }

    @Test
    void start_interruptedWhileBuilding_leavesNoLock() throws Exception {
        build("until [ -e go ]; do sleep 0.05; done", "exit 1");
        Process start = sandbox.start(project, "./patinox");
        assertThat(start.errorReader().readLine()).contains("building");

        start.toHandle().destroy();
        Files.writeString(project.resolve("go"), "");

        assertThat(Sandbox.finish(start).exitCode()).isEqualTo(143);
        assertThat(Files.isSymbolicLink(project.resolve("target/patinox.lock"))).isFalse();
    }

    @Test
    void start_throughLinksFromElsewhere_findsItsHome() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), patinox);
        Files.createSymbolicLink(sandbox.bin.resolve("px"), sandbox.bin.relativize(link));

        var outcome = Sandbox.finish(sandbox.start(sandbox.home, "sh", "-c", "px --version"));

        assertThat(outcome.out()).contains("--version");
        assertThat(builds()).hasSize(1);
    }

    @Test
    void start_built_becomesTheJvm() throws Exception {
        start();

        Process process = sandbox.start(project, "./patinox");

        assertThat(Sandbox.finish(process).out()).endsWith("pid " + process.pid());
    }

    private Sandbox.Outcome start(String... arguments) throws Exception {
        var command = new String[arguments.length + 1];
        command[0] = "./patinox";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return Sandbox.finish(sandbox.start(project, command));
    }

    private void build(String... lines) {
        Sandbox.script(
                project.resolve("mvnw"),
                "cd \"$(dirname \"$0\")\"",
                "echo \"$@\" >>builds",
                "echo '[INFO] Building Patinox Memory 0.1.0-SNAPSHOT       [2/3]'",
                String.join("\n", lines));
    }

    private void java(String... lines) {
        Sandbox.script(folder.resolve("jdk/bin/java"), lines);
    }

    private List<String> builds() throws IOException {
        Path builds = project.resolve("builds");
        return Files.exists(builds) ? Files.readAllLines(builds) : List.of();
    }
}
