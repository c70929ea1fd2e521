package io.patinox.contract.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.soak.LifecycleStorm;
import io.patinox.soak.RetryStorm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Claim: whatever is done to a registry, in whatever order, its books balance. The soak tests do
/// the same for longer.
@Timeout(120)
class LifecycleStormTest {
    private static final long OPERATIONS = 40_000;
    private static final int THREADS = 8;
    private static final long RESOURCES = 5_000;
    private static final double FAILING = 0.1;

    @Test
    void registry_randomOperationsWithFailures_balances() throws Exception {
        long seed = System.nanoTime();
        assertThat(new LifecycleStorm(OPERATIONS, THREADS, seed).run().violations())
                .as("seed %d", seed)
                .isEmpty();
    }

    @Test
    void cleanups_oneAttemptInTenFails_succeedInTheEnd() throws Exception {
        long seed = System.nanoTime();
        RetryStorm.Result result = new RetryStorm(RESOURCES, FAILING, seed).run();
        assertThat(result.share()).as("seed %d", seed).isGreaterThanOrEqualTo(0.999);
        assertThat(result.failures()).as("seed %d", seed).isGreaterThan(RESOURCES / 20);
        assertThat(result.balance().holds()).as("seed %d", seed).isTrue();
    }
}
