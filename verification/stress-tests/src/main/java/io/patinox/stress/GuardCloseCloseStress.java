package io.patinox.stress;

import io.patinox.memory.resource.AsyncResourceGuard;
import io.patinox.memory.resource.ResourceRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/// **Claim.** a guard that two threads close at once is cleaned up once, and each of the two
/// returns after that.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t GuardCloseCloseStress`
@JCStressTest
@Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "whichever came first")
@State
public class GuardCloseCloseStress {
    private static final ResourceRegistry REGISTRY = ResourceRegistry.builder("stress").build();

    private final AtomicInteger cleanups = new AtomicInteger();
    private final AsyncResourceGuard<AtomicInteger> guard =
            REGISTRY.acquire("counter", () -> cleanups, AtomicInteger::incrementAndGet);

    @Actor
    public void first(LLL_Result r) {
        guard.close();
        r.r1 = cleanups.get();
    }

    @Actor
    public void second(LLL_Result r) {
        guard.close();
        r.r2 = cleanups.get();
    }

    @Arbiter
    public void after(LLL_Result r) {
        r.r3 = cleanups.get();
    }
}
