package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/// **Claim.** a newcomer may get the slot that was added, or come too early for it.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t GrowTakeStress`
@JCStressTest
@Outcome(id = "put, took, kept", expect = Expect.ACCEPTABLE, desc = "the slot was there")
@Outcome(id = "put, none, kept", expect = Expect.ACCEPTABLE, desc = "too early")
@State
public class GrowTakeStress extends Round {
    public GrowTakeStress() {
        super(1);
        holdAll(one);
    }

    @Actor
    public void first(LLL_Result r) {
        r.r1 = growAndPut(one);
    }

    @Actor
    public void second(LLL_Result r) {
        r.r2 = take(two);
    }

    @Arbiter
    public void after(LLL_Result r) {
        r.r3 = audit();
    }
}
