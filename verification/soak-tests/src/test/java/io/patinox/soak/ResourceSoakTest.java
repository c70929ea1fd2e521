package io.patinox.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Claim: after millions of random operations with failures of every kind the books balance to the
/// last resource, no thread is left, and cleanups that may be retried succeed.
class ResourceSoakTest {
    @Test
    void registry_millionsOfRandomOperations_balances() throws Exception {
        long seed = Long.getLong("soak.seed", 0);
        assertThat(
                        Soak.run(
                                Long.getLong("soak.operations", 100_000),
                                Integer.getInteger("soak.threads", 8),
                                seed == 0 ? System.nanoTime() : seed,
                                Path.of(System.getProperty("soak.json", "target/resource.json"))))
                .as("see what was printed")
                .isTrue();
    }
}
