package io.patinox.stress;

import io.patinox.memory.resource.AsyncResourceGuard;
import io.patinox.memory.resource.ResourceRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// **Claim.** two guards whose cleanups close each other can be closed at once: each is cleaned up
/// once, and nobody waits for himself by way of the other.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t GuardsCloseEachOtherStress`
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "whichever came first")
@State
public class GuardsCloseEachOtherStress {
    private static final ResourceRegistry REGISTRY = ResourceRegistry.builder("stress").build();

    private final AtomicInteger first = new AtomicInteger();
    private final AtomicInteger second = new AtomicInteger();
    private final AtomicReference<AsyncResourceGuard<?>> closedByFirst = new AtomicReference<>();
    private final AsyncResourceGuard<AtomicInteger> one =
            REGISTRY.acquire("counter", () -> first, n -> closes(n, closedByFirst.get()));
    private final AsyncResourceGuard<AtomicInteger> other =
            REGISTRY.acquire("counter", () -> second, n -> closes(n, one));

    {
        closedByFirst.set(other);
    }

    private static void closes(AtomicInteger counter, AsyncResourceGuard<?> guard) {
        guard.close();
        int _ = counter.incrementAndGet();
    }

    @Actor
    public void closesOne() {
        one.close();
    }

    @Actor
    public void closesOther() {
        other.close();
    }

    @Arbiter
    public void after(II_Result r) {
        r.r1 = first.get();
        r.r2 = second.get();
    }
}
