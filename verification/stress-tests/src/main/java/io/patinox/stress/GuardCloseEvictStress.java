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
import org.openjdk.jcstress.infra.results.LL_Result;

/// **Claim.** a guard that is closed while the registry queues its cleanup, as it does with one
/// that was lost, is cleaned up once, and the close returns after that.
///
/// The collector cannot be made an actor; a selection that is cleaned up takes the road that a lost
/// guard takes.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t GuardCloseEvictStress`
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "whichever came first")
@State
public class GuardCloseEvictStress {
    private final ResourceRegistry registry = ResourceRegistry.builder("stress").build();
    private final AtomicInteger cleanups = new AtomicInteger();
    private final AsyncResourceGuard<AtomicInteger> guard =
            registry.acquire("counter", () -> cleanups, AtomicInteger::incrementAndGet);

    @Actor
    public void first(LL_Result r) {
        guard.close();
        r.r1 = cleanups.get();
    }

    @Actor
    public void second() {
        Object _ = registry.select().cleanup().join();
    }

    @Arbiter
    public void after(LL_Result r) {
        r.r2 = cleanups.get();
        registry.close();
    }
}
