package io.patinox.stress;

import io.patinox.memory.error.RegistryClosedException;
import io.patinox.memory.resource.ResourceRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/// **Claim.** a resource that is acquired while its registry closes is cleaned up by the close, or
/// refused and cleaned up by the acquire.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t RegisterRegistryCloseStress`
@JCStressTest
@Outcome(id = "acquired, 1, 1", expect = Expect.ACCEPTABLE, desc = "the acquire came first")
@Outcome(
        id = "refused, 1, 1",
        expect = Expect.ACCEPTABLE,
        desc = "the close came between the two steps of the acquire")
@Outcome(
        id = "refused, 0, 0",
        expect = Expect.ACCEPTABLE,
        desc = "the close came first: never opened")
@State
public class RegisterRegistryCloseStress {
    private final ResourceRegistry registry = ResourceRegistry.builder("stress").build();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger cleaned = new AtomicInteger();

    @Actor
    public void first(LLL_Result r) {
        try {
            var guard =
                    registry.acquire(
                            "number", opened::incrementAndGet, n -> cleaned.incrementAndGet());
            r.r1 = guard.name().isEmpty() ? "nameless" : "acquired";
        } catch (RegistryClosedException e) {
            r.r1 = "refused";
        }
    }

    @Actor
    public void second() {
        registry.close();
    }

    @Arbiter
    public void after(LLL_Result r) {
        r.r2 = opened.get();
        r.r3 = cleaned.get();
    }
}
