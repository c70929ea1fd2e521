package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// **Claim.** who queues while everybody is failed is failed, or waits and can be failed again.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t EnqueueFailWaitingStress`
@JCStressTest
@Outcome(
        id = "queued, failed-0, waits, kept",
        expect = Expect.ACCEPTABLE,
        desc = "the failing came first")
@Outcome(
        id = "queued, failed-1, failed, kept",
        expect = Expect.ACCEPTABLE,
        desc = "the queueing came first")
@State
public class EnqueueFailWaitingStress extends Round {
    private final Waiter waiter = patient();

    public EnqueueFailWaitingStress() {
        super(1);
        holdAll(one);
    }

    @Actor
    public void first(LLLL_Result r) {
        r.r1 = enqueue(waiter);
    }

    @Actor
    public void second(LLLL_Result r) {
        r.r2 = failWaiting();
    }

    @Arbiter
    public void after(LLLL_Result r) {
        r.r3 = name(waiter);
        r.r4 = audit();
    }
}
