package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// **Claim.** a slot that maintenance claims while the engine closes is claimed by one of the two,
/// and comes back to the engine or is refused.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t ClaimCloseStress`
@JCStressTest
@Outcome(
        id = "none, not, failed-0, kept",
        expect = Expect.ACCEPTABLE,
        desc = "the close came first")
@Outcome(
        id = "claimed, put, failed-0, kept",
        expect = Expect.ACCEPTABLE,
        desc = "maintenance was done before the close")
@Outcome(
        id = "claimed, refused, failed-0, kept",
        expect = Expect.ACCEPTABLE,
        desc = "the close came in between, and maintenance keeps the slot")
@State
public class ClaimCloseStress extends Round {
    public ClaimCloseStress() {
        super(1);
        willClose();
    }

    @Actor
    public void first(LLLL_Result r) {
        r.r1 = claim(0, one);
        r.r2 = one.get(0) ? put(0, one, BEFORE) : "not";
    }

    @Actor
    public void second(LLLL_Result r) {
        r.r3 = close(two);
    }

    @Arbiter
    public void after(LLLL_Result r) {
        r.r4 = audit();
    }
}
