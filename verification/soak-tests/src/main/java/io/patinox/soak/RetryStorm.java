package io.patinox.soak;

import io.patinox.memory.resource.AsyncResourceGuard;
import io.patinox.memory.resource.CleanupOutcome;
import io.patinox.memory.resource.ResourceBalance;
import io.patinox.memory.resource.ResourceRegistry;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/// Cleanups of which each attempt fails by chance, and which may be tried again, with the default
/// number of retries.
public final class RetryStorm {
    private static final int AT_ONCE = 1_000;

    private final long resources;
    private final double failing;
    private final long seed;

    /// A storm.
    ///
    /// @param resources how many resources
    /// @param failing with what probability an attempt fails
    /// @param seed where chance comes from
    public RetryStorm(long resources, double failing, long seed) {
        this.resources = resources;
        this.failing = failing;
        this.seed = seed;
    }

    /// Runs it.
    ///
    /// @return what was seen
    /// @throws InterruptedException if the caller was interrupted
    public Result run() throws InterruptedException {
        SplittableRandom random = new SplittableRandom(seed);
        Semaphore underWay = new Semaphore(AT_ONCE);
        LongAdder attempts = new LongAdder();
        LongAdder failures = new LongAdder();
        LongAdder cleaned = new LongAdder();
        try (ResourceRegistry registry = ResourceRegistry.builder("retry").build()) {
            for (long i = 0; i < resources; i++) {
                SplittableRandom chance = random.split();
                AsyncResourceGuard<SplittableRandom> guard =
                        registry.<SplittableRandom>request(
                                        "retryable",
                                        () -> chance,
                                        own -> {
                                            attempts.increment();
                                            if (own.nextDouble() < failing) {
                                                failures.increment();
                                                throw new Load.InjectedException();
                                            }
                                        })
                                .idempotent()
                                .acquire();
                underWay.acquire();
                CompletableFuture<?> _ =
                        guard.cleanup()
                                .thenAccept(outcome -> {
                                    if (outcome == CleanupOutcome.CLEANED) {
                                        cleaned.increment();
                                    }
                                    underWay.release();
                                });
            }
            underWay.acquire(AT_ONCE);
            registry.close(Duration.ofSeconds(30));
            return new Result(
                    resources, attempts.sum(), failures.sum(), cleaned.sum(), registry.balance());
        }
    }

    /// What a storm has shown.
    ///
    /// @param resources how many resources there were
    /// @param attempts how many attempts to clean up
    /// @param failures how many of those failed
    /// @param cleaned how many resources were cleaned up in the end
    /// @param balance of the registry
    public record Result(
            long resources, long attempts, long failures, long cleaned, ResourceBalance balance) {
        /// {@return the share of resources that were cleaned up in the end}
        public double share() {
            return (double) cleaned / resources;
        }
    }
}
