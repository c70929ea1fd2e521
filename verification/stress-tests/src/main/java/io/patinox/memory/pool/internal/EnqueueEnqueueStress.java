package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// **Claim.** of two who queue for the last slot, the one with the earlier place gets it.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t EnqueueEnqueueStress`
@JCStressTest
@Outcome(id = "granted, waits, first-came, kept", expect = Expect.ACCEPTABLE, desc = "in order")
@Outcome(id = "waits, granted, second-came, kept", expect = Expect.ACCEPTABLE, desc = "in order")
@State
public class EnqueueEnqueueStress extends Round {
    private final Waiter left = patient();
    private final Waiter right = patient();

    public EnqueueEnqueueStress() {
        super(1);
    }

    @Actor
    public void first(LLLL_Result r) {
        enqueue(left);
    }

    @Actor
    public void second(LLLL_Result r) {
        enqueue(right);
    }

    @Arbiter
    public void after(LLLL_Result r) {
        r.r1 = name(left);
        r.r2 = name(right);
        r.r3 = left.ticket < right.ticket ? "first-came" : "second-came";
        r.r4 = audit();
    }
}
