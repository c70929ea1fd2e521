package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// **Claim.** a waiter is ended by the close or by the failing, not by both.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t CloseFailWaitingStress`
@JCStressTest
@Outcome(
        id = "failed-1, failed-0, closed, kept",
        expect = Expect.ACCEPTABLE,
        desc = "the close came first")
@Outcome(
        id = "failed-0, failed-1, failed, kept",
        expect = Expect.ACCEPTABLE,
        desc = "the failing came first")
@State
public class CloseFailWaitingStress extends Round {
    private final Waiter waiter = patient();

    public CloseFailWaitingStress() {
        super(1);
        holdAll(one);
        enqueue(waiter);
        willClose();
    }

    @Actor
    public void first(LLLL_Result r) {
        r.r1 = close(two);
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
