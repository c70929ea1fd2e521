package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/// **Claim.** a slot that is put while somebody takes is either taken or free.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t TakePutStress`
@JCStressTest
@Outcome(id = "took, put, kept", expect = Expect.ACCEPTABLE, desc = "the put came first")
@Outcome(id = "none, put, kept", expect = Expect.ACCEPTABLE, desc = "the take came first")
@State
public class TakePutStress extends Round {
    public TakePutStress() {
        super(1);
        holdAll(two);
    }

    @Actor
    public void first(LLL_Result r) {
        r.r1 = take(one);
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
