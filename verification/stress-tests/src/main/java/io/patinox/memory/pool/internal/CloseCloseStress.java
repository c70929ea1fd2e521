package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/// **Claim.** an engine is closed once, and a free slot goes to one of the two who close.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t CloseCloseStress`
@JCStressTest
@Outcome(
        id = "failed-0, closed-before, kept",
        expect = Expect.ACCEPTABLE,
        desc = "the first came first")
@Outcome(
        id = "closed-before, failed-0, kept",
        expect = Expect.ACCEPTABLE,
        desc = "the second came first")
@State
public class CloseCloseStress extends Round {
    public CloseCloseStress() {
        super(1);
        willClose();
    }

    @Actor
    public void first(LLL_Result r) {
        r.r1 = close(one);
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
