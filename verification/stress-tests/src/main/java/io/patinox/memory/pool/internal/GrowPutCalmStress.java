package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/// **Claim.** a slot can be given back while slots are added, and nothing is lost.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t GrowPutCalmStress`
@JCStressTest
@Outcome(id = "put, put, kept", expect = Expect.ACCEPTABLE, desc = "both are free")
@State
public class GrowPutCalmStress extends Round {
    public GrowPutCalmStress() {
        super(1);
        holdAll(two);
    }

    @Actor
    public void first(LLL_Result r) {
        r.r1 = growAndPut(one);
    }

    @Actor
    public void second(LLL_Result r) {
        r.r2 = put(0, two, BEFORE);
    }

    @Arbiter
    public void after(LLL_Result r) {
        r.r3 = audit();
    }
}
