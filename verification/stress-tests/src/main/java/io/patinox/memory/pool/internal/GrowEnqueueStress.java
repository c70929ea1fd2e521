package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// **Claim.** whoever queues while a slot is added gets it.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t GrowEnqueueStress`
@JCStressTest
@Outcome(id = "put, queued, granted, kept", expect = Expect.ACCEPTABLE, desc = "served")
@State
public class GrowEnqueueStress extends Round {
    private final Waiter waiter = patient();

    public GrowEnqueueStress() {
        super(1);
        holdAll(one);
    }

    @Actor
    public void first(LLLL_Result r) {
        r.r1 = growAndPut(one);
    }

    @Actor
    public void second(LLLL_Result r) {
        r.r2 = enqueue(waiter);
    }

    @Arbiter
    public void after(LLLL_Result r) {
        r.r3 = name(waiter);
        r.r4 = audit();
    }
}
