package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/// **Claim.** of two takers of the last slot exactly one gets it.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t TakeTakeStress`
@JCStressTest
@Outcome(id = "took, none, kept", expect = Expect.ACCEPTABLE, desc = "the first came first")
@Outcome(id = "none, took, kept", expect = Expect.ACCEPTABLE, desc = "the second came first")
@State
public class TakeTakeStress extends Round {
    public TakeTakeStress() {
        super(1);
    }

    @Actor
    public void first(LLL_Result r) {
        r.r1 = take(one);
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
