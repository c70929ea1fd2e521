package io.patinox.stress;

import io.patinox.memory.error.ResourceClosedException;
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

/// **Claim.** what is acquired in a scope while that closes is cleaned up once: by the scope, or by
/// the acquire that is refused.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t ScopeCloseAcquireStress`
@JCStressTest
@Outcome(id = "acquired, 1", expect = Expect.ACCEPTABLE, desc = "the acquire came first")
@Outcome(id = "refused, 1", expect = Expect.ACCEPTABLE, desc = "the close came first")
@State
public class ScopeCloseAcquireStress {
    private static final ResourceRegistry REGISTRY = ResourceRegistry.builder("stress").build();

    private final AtomicInteger cleanups = new AtomicInteger();
    private final ResourceScope scope = REGISTRY.scope("scope");

    @Actor
    public void first(LL_Result r) {
        try {
            Object _ = scope.acquire("counter", () -> cleanups, AtomicInteger::incrementAndGet);
            r.r1 = "acquired";
        } catch (ResourceClosedException e) {
            r.r1 = "refused";
        }
    }

    @Actor
    public void second() {
        scope.close();
    }

    @Arbiter
    public void after(LL_Result r) {
        r.r2 = cleanups.get();
    }
}
