package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/// **Claim.** what is written before a put is seen by the waiter it serves.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t GrantPublishesStress`
@JCStressTest
@Outcome(id = "put, 1, kept", expect = Expect.ACCEPTABLE, desc = "served, and the content seen")
@Outcome(id = "put, none, kept", expect = Expect.ACCEPTABLE, desc = "not served yet")
@State
public class GrantPublishesStress extends Round {
    private final Waiter waiter = patient();
    private int content;

    public GrantPublishesStress() {
        super(1);
        holdAll(one);
        enqueue(waiter);
    }

    @Actor
    public void first(LLL_Result r) {
        content = 1;
        r.r1 = put(0, one, BEFORE);
    }

    @Actor
    public void second(LLL_Result r) {
        r.r2 = waiter.state() == Waiter.GRANTED ? Integer.toString(content) : "none";
    }

    @Arbiter
    public void after(LLL_Result r) {
        r.r3 = audit();
    }
}
