package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/// **Claim.** a free slot goes to the taker or to maintenance.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t ClaimTakeStress`
@JCStressTest
@Outcome(id = "took, none, kept", expect = Expect.ACCEPTABLE, desc = "the taker came first")
@Outcome(id = "none, claimed, kept", expect = Expect.ACCEPTABLE, desc = "maintenance came first")
@State
public class ClaimTakeStress extends Round {
    public ClaimTakeStress() {
        super(1);
    }

    @Actor
    public void first(LLL_Result r) {
        r.r1 = take(one);
    }

    @Actor
    public void second(LLL_Result r) {
        r.r2 = claim(0, two);
    }

    @Arbiter
    public void after(LLL_Result r) {
        r.r3 = audit();
    }
}
