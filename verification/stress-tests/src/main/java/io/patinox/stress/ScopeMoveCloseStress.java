package io.patinox.stress;

import io.patinox.memory.error.ResourceClosedException;
import io.patinox.memory.resource.AsyncResourceGuard;
import io.patinox.memory.resource.ResourceRegistry;
import io.patinox.memory.resource.ResourceScope;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/// **Claim.** a guard that moves from one scope to another while both close is cleaned up once:
/// there is no moment in which neither has it.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t ScopeMoveCloseStress`
@JCStressTest
@Outcome(id = "moved, 1", expect = Expect.ACCEPTABLE, desc = "the move came first")
@Outcome(id = "refused, 1", expect = Expect.ACCEPTABLE, desc = "a close came first")
@State
public class ScopeMoveCloseStress {
    private static final ResourceRegistry REGISTRY = ResourceRegistry.builder("stress").build();

    private final AtomicInteger cleanups = new AtomicInteger();
    private final ResourceScope from = REGISTRY.scope("from");
    private final ResourceScope to = REGISTRY.scope("to");
    private final AsyncResourceGuard<AtomicInteger> guard =
            from.acquire("counter", () -> cleanups, AtomicInteger::incrementAndGet);

    @Actor
    public void first(LL_Result r) {
        try {
            guard.moveTo(to);
            r.r1 = "moved";
        } catch (ResourceClosedException e) {
            r.r1 = "refused";
        }
    }

    @Actor
    public void second() {
        from.close();
    }

    @Actor
    public void third() {
        to.close();
    }

    @Arbiter
    public void after(LL_Result r) {
        // who moved it after one had closed and before the other does leaves it to that one
        r.r2 = cleanups.get();
    }
}
