package io.patinox.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Claim: whatever happens to a mapped file, the JVM lives, and who used it gets a typed error or
/// what is right; interpreted, and compiled by C1 and C2.
class FaultMatrixTest {
    @Test
    void trial_eachInEachTier_endsWithATypedErrorOrWhatIsRight() throws Exception {
        assertThat(
                        Matrix.run(
                                System.getProperty("faults.ring", "quick"),
                                System.getProperty("faults.only", ".*"),
                                Long.getLong("faults.seed", 0),
                                Path.of(System.getProperty("faults.folder", "target"))))
                .as("see what was printed, or faults.txt")
                .isTrue();
    }
}
