package io.patinox.stress;

import io.patinox.memory.error.ResourceClosedException;
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
import org.openjdk.jcstress.infra.results.LL_Result;

/// **Claim.** a guard that comes to depend on another while that is closed with a deadline is
/// cleaned up before it, or is refused and stays open.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t GuardDependsOnCloseStress`
@JCStressTest
@Outcome(id = "depends, 12", expect = Expect.ACCEPTABLE, desc = "cleaned up before it")
@Outcome(id = "refused, 2", expect = Expect.ACCEPTABLE, desc = "the close came first")
@State
public class GuardDependsOnCloseStress {
    private static final ResourceRegistry REGISTRY = ResourceRegistry.builder("stress").build();

    private final AtomicInteger order = new AtomicInteger();
    private final AsyncResourceGuard<Integer> dependant =
            REGISTRY.acquire("number", () -> 1, n -> order.updateAndGet(o -> o * 10 + n));
    private final AsyncResourceGuard<Integer> other =
            REGISTRY.acquire("number", () -> 2, n -> order.updateAndGet(o -> o * 10 + n));

    @Actor
    public void first(LL_Result r) {
        try {
            dependant.dependsOn(other);
            r.r1 = "depends";
        } catch (ResourceClosedException e) {
            r.r1 = "refused";
        }
    }

    @Actor
    public void second() {
        Object _ = other.close(Duration.ofSeconds(30));
    }

    @Arbiter
    public void after(LL_Result r) {
        r.r2 = order.get();
        if (dependant.isOpen()) {
            Integer _ = dependant.detach();
        }
    }
}
