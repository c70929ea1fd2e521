package io.patinox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.testkit.samples.Around;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Claim: where the collector does not run when asked, nothing passes as free of leaks.
@Timeout(60)
class NoCollectorTest {

    @Test
    void run_withoutExplicitCollections_fails() throws IOException, InterruptedException {
        Process child =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+DisableExplicitGC",
                                "-Xmn128m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Child.class.getName())
                        .redirectErrorStream(true)
                        .start();

        String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(output).contains("LeakExtension cannot find leaks");
        assertThat(child.waitFor()).isEqualTo(3);
    }

    /// Runs a sample and says what failed.
    static final class Child {
        private Child() {}

        public static void main(String[] args) {
            Map<String, Throwable> failures = Runs.failures(Around.Making.class);
            failures.forEach((name, failure) -> System.out.println(name + ": " + failure));
            System.exit(failures.isEmpty() ? 0 : 3);
        }
    }
}
