package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// **Claim.** who asks just as the engine is suspended gets a slot or leaves it free.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t SuspendTakeStress`
@JCStressTest
@Outcome(
        id = "took, suspended, suspended, kept",
        expect = Expect.ACCEPTABLE,
        desc = "it asked before")
@Outcome(
        id = "none, suspended, suspended, kept",
        expect = Expect.ACCEPTABLE,
        desc = "it asked after")
@State
public class SuspendTakeStress extends Round {

    public SuspendTakeStress() {
        super(1);
    }

    @Actor
    public void first(LLLL_Result r) {
        r.r1 = take(one);
    }

    @Actor
    public void second(LLLL_Result r) {
        r.r2 = suspend();
    }

    @Arbiter
    public void after(LLLL_Result r) {
        r.r3 = engine.isSuspended() ? "suspended" : "runs";
        r.r4 = audit();
    }
}
