package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// **Claim.** a waiter gives up or is failed, not both.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t CancelFailWaitingStress`
@JCStressTest
@Outcome(
        id = "cancelled, failed-0, cancelled, kept",
        expect = Expect.ACCEPTABLE,
        desc = "the cancel came first")
@Outcome(
        id = "too-late, failed-1, failed, kept",
        expect = Expect.ACCEPTABLE,
        desc = "the failing came first")
@State
public class CancelFailWaitingStress extends Round {
    private final Waiter waiter = patient();

    public CancelFailWaitingStress() {
        super(1);
        holdAll(one);
        enqueue(waiter);
    }

    @Actor
    public void first(LLLL_Result r) {
        r.r1 = cancel(waiter);
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
