package io.patinox.contract.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Claim: with the shutdown hook, resources are cleaned up however a process ends that runs its
/// hooks, within the registry's budget; without it, and where no hooks run, they are not. And what
/// hangs or dies in a process does so alone.
@Timeout(120)
class ProcessExitTest {
    private static final int SIGNALLED = 128;
    private static final int SIGTERM = 15;
    private static final int SIGKILL = 9;

    @TempDir private Path folder;

    private ChildJvm start(String scenario, boolean hook) throws IOException {
        return ChildJvm.start(folder, List.of(), scenario, String.valueOf(hook));
    }

    private static void awaitReady(ChildJvm child) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> child.notes().contains("ready") || !child.process().isAlive());
    }

    @Test
    void process_endsByExit_cleansUpOnlyWithTheHook() throws Exception {
        try (ChildJvm with = start("exit", true);
                ChildJvm without = start("exit", false)) {
            assertThat(with.exitCode()).isEqualTo(3);
            assertThat(with.notes()).containsExactly("cleaned guard");
            assertThat(without.exitCode()).isEqualTo(3);
            assertThat(without.notes()).isEmpty();
        }
    }

    @Test
    void process_mainEnds_cleansUpOnlyWithTheHook() throws Exception {
        try (ChildJvm with = start("end", true);
                ChildJvm without = start("end", false)) {
            assertThat(with.exitCode()).isZero();
            assertThat(with.notes()).containsExactly("cleaned guard");
            assertThat(without.exitCode()).isZero();
            assertThat(without.notes()).isEmpty();
        }
    }

    @Test
    void process_isTerminated_cleansUpOnlyWithTheHook() throws Exception {
        try (ChildJvm with = start("wait", true);
                ChildJvm without = start("wait", false)) {
            awaitReady(with);
            with.process().destroy();
            assertThat(with.exitCode()).isEqualTo(SIGNALLED + SIGTERM);
            assertThat(with.notes()).containsExactly("ready", "cleaned guard");
            awaitReady(without);
            without.process().destroy();
            assertThat(without.exitCode()).isEqualTo(SIGNALLED + SIGTERM);
            assertThat(without.notes()).containsExactly("ready");
        }
    }

    @Test
    void process_isKilledOrHalts_cleansUpNothing() throws Exception {
        try (ChildJvm killed = start("wait", true);
                ChildJvm halted = start("halt", true)) {
            awaitReady(killed);
            killed.process().destroyForcibly();
            assertThat(killed.exitCode()).isEqualTo(SIGNALLED + SIGKILL);
            assertThat(killed.notes()).containsExactly("ready");
            assertThat(halted.exitCode()).isEqualTo(4);
            assertThat(halted.notes()).isEmpty();
        }
    }

    @Test
    void exit_insideACleanup_endsWithinTheBudgetAndCleansTheRest() throws Exception {
        try (ChildJvm here = start("exit-in-close", true);
                ChildJvm engine = start("exit-in-cleanup", true)) {
            assertThat(here.exitCode()).isEqualTo(5);
            assertThat(here.notes()).contains("cleaned other");
            assertThat(engine.exitCode()).isEqualTo(5);
            assertThat(engine.notes()).contains("cleaned other");
        }
    }

    @Test
    void cleanup_blockedInNativeCode_isAbandonedAndOthersGoOn() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        List<String> oneCarrier =
                List.of(
                        "-Djdk.virtualThreadScheduler.parallelism=1",
                        "-Djdk.virtualThreadScheduler.maxPoolSize=1");
        try (ChildJvm virtual =
                        ChildJvm.start(folder, oneCarrier, "native", "false", pipe.toString());
                ChildJvm platform =
                        ChildJvm.start(
                                folder, oneCarrier, "native-platform", "false", pipe.toString())) {
            for (ChildJvm child : List.of(virtual, platform)) {
                assertThat(child.exitCode()).isZero();
                assertThat(child.notes())
                        .contains("other CLEANED", "pipe ABANDONED", "stuck 4", "open 0")
                        .contains("abandoned pipe in native code");
            }
        }
    }

    @Test
    void cleanup_runsOutOfMemory_leavesTheRegistryWorking() throws Exception {
        try (ChildJvm child =
                ChildJvm.start(folder, List.of("-Xmx40m", "-Xms40m"), "memory", "false")) {
            assertThat(child.exitCode()).isZero();
            assertThat(child.notes())
                    .containsExactly(
                            "thrown",
                            "engine FAILED",
                            "cleaned after",
                            "cleaned after",
                            "after CLEANED",
                            "failed 2, holds true",
                            "complete true");
        }
    }
}
