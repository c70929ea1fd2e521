package io.patinox.stress;

import io.patinox.memory.error.ResourceClosedException;
import io.patinox.memory.resource.AsyncResourceGuard;
import io.patinox.memory.resource.ResourceRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/// **Claim.** a guard is closed or its resource detached: cleaned up in the one case, handed out in
/// the other.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t GuardCloseDetachStress`
@JCStressTest
@Outcome(id = "refused, 1", expect = Expect.ACCEPTABLE, desc = "the close came first")
@Outcome(id = "detached, 0", expect = Expect.ACCEPTABLE, desc = "the detach came first")
@State
public class GuardCloseDetachStress {
    private static final ResourceRegistry REGISTRY = ResourceRegistry.builder("stress").build();

    private final AtomicInteger cleanups = new AtomicInteger();
    private final AsyncResourceGuard<AtomicInteger> guard =
            REGISTRY.acquire("counter", () -> cleanups, AtomicInteger::incrementAndGet);

    @Actor
    public void first() {
        guard.close();
    }

    @Actor
    public void second(LL_Result r) {
        try {
            guard.detach();
            r.r1 = "detached";
        } catch (ResourceClosedException e) {
            r.r1 = "refused";
        }
    }

    @Arbiter
    public void after(LL_Result r) {
        r.r2 = cleanups.get();
    }
}
