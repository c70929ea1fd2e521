package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// **Claim.** a waiter either expires or gives up, and who gives up learns it.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t ExpireCancelStress`
@JCStressTest
@Outcome(
        id = "swept, too-late, expired, kept",
        expect = Expect.ACCEPTABLE,
        desc = "the sweep came first")
@Outcome(
        id = "swept, cancelled, cancelled, kept",
        expect = Expect.ACCEPTABLE,
        desc = "the cancel came first")
@State
public class ExpireCancelStress extends Round {
    private final Waiter waiter = late();

    public ExpireCancelStress() {
        super(1);
        holdAll(one);
        enqueue(waiter);
    }

    @Actor
    public void first(LLLL_Result r) {
        engine.expire(NOW);
        r.r1 = "swept";
    }

    @Actor
    public void second(LLLL_Result r) {
        r.r2 = cancel(waiter);
    }

    @Arbiter
    public void after(LLLL_Result r) {
        r.r3 = name(waiter);
        r.r4 = audit();
    }
}
