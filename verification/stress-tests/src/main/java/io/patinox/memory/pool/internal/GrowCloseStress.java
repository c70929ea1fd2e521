package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/// **Claim.** a slot that is added while the engine closes is claimed by the close, or stays with
/// who added it.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t GrowCloseStress`
@JCStressTest
@Outcome(id = "put, failed-0, kept", expect = Expect.ACCEPTABLE, desc = "the put came first")
@Outcome(id = "refused, failed-0, kept", expect = Expect.ACCEPTABLE, desc = "the close came first")
@State
public class GrowCloseStress extends Round {
    public GrowCloseStress() {
        super(1);
        holdAll(one);
        willClose();
    }

    @Actor
    public void first(LLL_Result r) {
        r.r1 = growAndPut(one);
    }

    @Actor
    public void second(LLL_Result r) {
        r.r2 = close(two);
    }

    @Arbiter
    public void after(LLL_Result r) {
        r.r3 = audit();
    }
}
