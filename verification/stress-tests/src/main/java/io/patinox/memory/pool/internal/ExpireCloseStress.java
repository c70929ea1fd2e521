package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// **Claim.** a waiter either expires or is failed by the close, which counts only those it failed.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t ExpireCloseStress`
@JCStressTest
@Outcome(
        id = "swept, failed-0, expired, kept",
        expect = Expect.ACCEPTABLE,
        desc = "the sweep came first")
@Outcome(
        id = "swept, failed-1, closed, kept",
        expect = Expect.ACCEPTABLE,
        desc = "the close came first")
@State
public class ExpireCloseStress extends Round {
    private final Waiter waiter = late();

    public ExpireCloseStress() {
        super(1);
        holdAll(one);
        enqueue(waiter);
        willClose();
    }

    @Actor
    public void first(LLLL_Result r) {
        engine.expire(NOW);
        r.r1 = "swept";
    }

    @Actor
    public void second(LLLL_Result r) {
        r.r2 = close(two);
    }

    @Arbiter
    public void after(LLLL_Result r) {
        r.r3 = name(waiter);
        r.r4 = audit();
    }
}
