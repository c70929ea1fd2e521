package io.patinox.memory.mmap.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.mmap.AccessAdvice;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What needs native access runs in a JVM of its own, as that of the tests has none.
class NativeAdviceTest {
    private static final String OS = System.getProperty("os.name").toLowerCase(Locale.ROOT);

    private record Outcome(int exitCode, List<String> said, String complaints) {}

    private static Outcome run(Path folder, List<String> options) throws Exception {
        Path file = Files.write(folder.resolve("data"), new byte[10 * 65_536]);
        Process child = ChildProgram.start(AdviceProgram.class, options, file.toString());
        child.getOutputStream().close();
        List<String> said =
                new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .toList();
        String complaints =
                new String(child.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(child.waitFor(), said, complaints);
    }

    @Test
    void advise_allowed_isTakenWhereTheSystemHasIt(@TempDir Path folder) throws Exception {
        Outcome outcome = run(folder, List.of("--enable-native-access=ALL-UNNAMED"));
        boolean told = OS.startsWith("linux") || OS.startsWith("mac");
        assertThat(outcome.complaints()).isEmpty();
        assertThat(outcome.said())
                .contains(
                        "NORMAL " + told,
                        "SEQUENTIAL " + told,
                        "RANDOM " + told,
                        "WILL_NEED " + told,
                        "cut read false",
                        "cut write false",
                        "heap false",
                        "closed false");
        // either is right: kernels before 5.14 can't populate
        assertThat(outcome.said()).containsAnyOf("read true", "read false");
        assertThat(outcome.exitCode()).isZero();
    }

    @Test
    void advise_notAllowed_isNotGivenAndNobodyIsWarned(@TempDir Path folder) throws Exception {
        Outcome outcome = run(folder, List.of());
        assertThat(outcome.complaints()).isEmpty();
        assertThat(outcome.said())
                .contains("NORMAL false", "WILL_NEED false", "read false", "write false")
                .noneMatch(line -> line.endsWith(" true"));
        assertThat(outcome.exitCode()).isZero();
    }

    @Test
    void advise_accessDenied_isNotGiven(@TempDir Path folder) throws Exception {
        Outcome outcome = run(folder, List.of("--illegal-native-access=deny"));
        assertThat(outcome.complaints()).isEmpty();
        assertThat(outcome.said()).noneMatch(line -> line.endsWith(" true"));
        assertThat(outcome.exitCode()).isZero();
    }

    @Test
    void advise_withinTheTests_isNotGiven() {
        try (Arena arena = Arena.ofConfined()) {
            var memory = arena.allocate(64);
            for (AccessAdvice advice : AccessAdvice.values()) {
                assertThat(NativeAdvice.advise(memory, advice)).isFalse();
            }
            assertThat(NativeAdvice.populate(memory, true)).isFalse();
        }
    }
}
