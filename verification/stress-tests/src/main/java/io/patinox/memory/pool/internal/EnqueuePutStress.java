package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// **Claim.** no wake-up is lost: after a put and an enqueue, in whatever order, the waiter is
/// served.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t EnqueuePutStress`
@JCStressTest
@Outcome(
        id = "queued, put, granted, kept",
        expect = Expect.ACCEPTABLE,
        desc = "served by the put, or by its own enqueue")
@State
public class EnqueuePutStress extends Round {
    private final Waiter waiter = patient();

    public EnqueuePutStress() {
        super(1);
        holdAll(two);
    }

    @Actor
    public void first(LLLL_Result r) {
        r.r1 = enqueue(waiter);
    }

    @Actor
    public void second(LLLL_Result r) {
        r.r2 = put(0, two, BEFORE);
    }

    @Arbiter
    public void after(LLLL_Result r) {
        r.r3 = name(waiter);
        r.r4 = audit();
    }
}
