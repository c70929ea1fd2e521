package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/// **Claim.** a free slot goes to the taker or to whoever closes, never to both or to neither.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t TakeCloseStress`
@JCStressTest
@Outcome(id = "took, failed-0, kept", expect = Expect.ACCEPTABLE, desc = "the taker came first")
@Outcome(id = "none, failed-0, kept", expect = Expect.ACCEPTABLE, desc = "the close came first")
@State
public class TakeCloseStress extends Round {
    public TakeCloseStress() {
        super(1);
        willClose();
    }

    @Actor
    public void first(LLL_Result r) {
        r.r1 = take(one);
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
