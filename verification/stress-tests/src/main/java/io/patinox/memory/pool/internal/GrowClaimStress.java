package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/// **Claim.** maintenance can claim a slot while others are added.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t GrowClaimStress`
@JCStressTest
@Outcome(id = "put, claimed, kept", expect = Expect.ACCEPTABLE, desc = "claimed")
@State
public class GrowClaimStress extends Round {
    public GrowClaimStress() {
        super(1);
    }

    @Actor
    public void first(LLL_Result r) {
        r.r1 = growAndPut(one);
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
