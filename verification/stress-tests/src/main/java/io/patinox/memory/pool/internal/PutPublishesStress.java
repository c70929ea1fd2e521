package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/// **Claim.** what is written before a put is seen after the take of that slot.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t PutPublishesStress`
@JCStressTest
@Outcome(id = "put, 1, kept", expect = Expect.ACCEPTABLE, desc = "taken, and the content seen")
@Outcome(id = "put, none, kept", expect = Expect.ACCEPTABLE, desc = "not taken")
@State
public class PutPublishesStress extends Round {
    private int content;

    public PutPublishesStress() {
        super(1);
        holdAll(one);
    }

    @Actor
    public void first(LLL_Result r) {
        content = 1;
        r.r1 = put(0, one, BEFORE);
    }

    @Actor
    public void second(LLL_Result r) {
        r.r2 = take(two).equals("took") ? Integer.toString(content) : "none";
    }

    @Arbiter
    public void after(LLL_Result r) {
        r.r3 = audit();
    }
}
