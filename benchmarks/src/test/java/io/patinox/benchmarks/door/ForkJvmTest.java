package io.patinox.benchmarks.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForkJvmTest {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    /// Leaves a file.
    static final class Writing {
        public static void main(String[] args) throws IOException {
            Files.writeString(Path.of(args[0]), args[1]);
        }
    }

    /// Leaves how large its heap may become.
    static final class Measuring {
        public static void main(String[] args) throws IOException {
            long bytes = Runtime.getRuntime().maxMemory();
            Files.writeString(Path.of(args[0]), String.valueOf(bytes >> 20));
        }
    }

    /// Says why, and fails.
    static final class Failing {
        public static void main(String[] args) {
            throw new IllegalStateException("out of luck");
        }
    }

    /// Never ends.
    static final class Hanging {
        public static void main(String[] args) throws InterruptedException {
            new CountDownLatch(1).await();
        }
    }

    @Test
    void run_mainClass_getsItsArguments(@TempDir Path directory) {
        Path file = directory.resolve("left");
        ForkJvm.run(List.of(), Writing.class, List.of(file.toString(), "two words"), LIMIT);
        assertThat(file).hasContent("two words");
    }

    @Test
    void run_jvmOptions_winOverThoseOfEveryFork(@TempDir Path directory) {
        Path file = directory.resolve("left");
        List<String> small = List.of("-Xms64m", "-Xmx64m", "-XX:+UseG1GC");
        ForkJvm.run(small, Measuring.class, List.of(file.toString()), LIMIT);
        assertThat(file).hasContent("64");
    }

    @Test
    void run_processFails_showsItsLastLines() {
        assertThatThrownBy(() -> ForkJvm.run(List.of(), Failing.class, List.of(), LIMIT))
                .isInstanceOf(MeasurementException.class)
                .hasMessageStartingWith("ended with exit code 1; its last lines:\n")
                .hasMessageContaining("out of luck");
    }

    @Test
    void run_processHangs_isEndedAtTheLimit() {
        assertThatThrownBy(() ->
                        ForkJvm.run(List.of(), Hanging.class, List.of(), Duration.ofMillis(300)))
                .isInstanceOf(MeasurementException.class)
                .hasMessageStartingWith("did not end within PT0.3S");
    }

    @Test
    void run_callerInterrupted_endsTheProcessAndKeepsTheFlag() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> ForkJvm.run(List.of(), Hanging.class, List.of(), LIMIT))
                .isInstanceOf(MeasurementException.class)
                .hasMessage("was interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void harnessRegime_forkThatFails_saysSo() {
        HarnessRegime regime =
                new HarnessRegime("no-such-group", "r", true, List.of("us"), List.of(), null);
        assertThatThrownBy(() -> regime.measure("us", Effort.SMOKE))
                .isInstanceOf(MeasurementException.class)
                .hasMessageContaining("There is no benchmark group 'no-such-group'");
    }
}
