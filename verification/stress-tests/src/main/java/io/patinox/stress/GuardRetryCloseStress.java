package io.patinox.stress;

import io.patinox.memory.resource.AsyncResourceGuard;
import io.patinox.memory.resource.ResourceRegistry;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/// **Claim.** a cleanup that fails once and is tried again succeeds once, though a second thread
/// closes the guard meanwhile; both return after that.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t GuardRetryCloseStress`
@JCStressTest
@Outcome(id = "2, 2, 2", expect = Expect.ACCEPTABLE, desc = "failed once, then cleaned up")
@State
public class GuardRetryCloseStress {
    private static final ResourceRegistry REGISTRY = ResourceRegistry.builder("stress").build();

    private final AtomicInteger attempts = new AtomicInteger();
    private final AsyncResourceGuard<AtomicInteger> guard =
            REGISTRY.<AtomicInteger>request(
                            "counter",
                            () -> attempts,
                            counter -> {
                                if (counter.incrementAndGet() == 1) {
                                    throw new IOException("once");
                                }
                            })
                    .idempotent()
                    .acquire();

    @Actor
    public void first(LLL_Result r) {
        guard.close();
        r.r1 = attempts.get();
    }

    @Actor
    public void second(LLL_Result r) {
        guard.close();
        r.r2 = attempts.get();
    }

    @Arbiter
    public void after(LLL_Result r) {
        r.r3 = attempts.get();
    }
}
