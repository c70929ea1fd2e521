package io.patinox.stress;

import io.patinox.memory.resource.AsyncResourceGuard;
import io.patinox.memory.resource.ResourceRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/// **Claim.** nobody waits in vain: of three that end a guard in three ways at once, each returns,
/// after the one cleanup.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t GuardCloseWaiterStress`
@JCStressTest
@Outcome(id = "1, CLEANED, CLEANED", expect = Expect.ACCEPTABLE, desc = "whichever came first")
@State
public class GuardCloseWaiterStress {
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
        r.r2 = guard.close(Duration.ofMinutes(1));
    }

    @Actor
    public void third(LLL_Result r) {
        r.r3 = guard.cleanup().join();
    }

    @Arbiter
    public void after(LLL_Result r) {
        if (cleanups.get() != 1) {
            r.r1 = cleanups + " cleanups";
        }
    }
}
