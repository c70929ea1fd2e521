package io.patinox.stress;

import io.patinox.memory.resource.AsyncResourceGuard;
import io.patinox.memory.resource.ResourceRegistry;
import io.patinox.memory.resource.ResourceScope;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// **Claim.** a guard that two threads move to and fro between two scopes is in one of them in the
/// end, and not in both or none.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t ScopeMoveMoveStress`
@JCStressTest
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "back where it was")
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "moved")
@State
public class ScopeMoveMoveStress {
    private static final ResourceRegistry REGISTRY = ResourceRegistry.builder("stress").build();

    private final ResourceScope from = REGISTRY.scope("from");
    private final ResourceScope to = REGISTRY.scope("to");
    private final AsyncResourceGuard<ResourceScope> guard =
            from.acquire("scope", () -> from, scope -> {});

    @Actor
    public void first() {
        guard.moveTo(to);
    }

    @Actor
    public void second() {
        guard.moveTo(from);
    }

    @Arbiter
    public void after(II_Result r) {
        r.r1 = from.size();
        r.r2 = to.size();
        guard.close();
    }
}
