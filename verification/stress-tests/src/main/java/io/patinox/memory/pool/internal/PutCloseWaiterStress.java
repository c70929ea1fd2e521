package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// **Claim.** a slot that is put while the engine closes serves the waiter, or stays with who put
/// it and the waiter is failed.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t PutCloseWaiterStress`
@JCStressTest
@Outcome(
        id = "put, failed-0, granted, kept",
        expect = Expect.ACCEPTABLE,
        desc = "the put came first")
@Outcome(
        id = "refused, failed-1, closed, kept",
        expect = Expect.ACCEPTABLE,
        desc = "the close came first")
@Outcome(
        id = "put, failed-1, closed, kept",
        expect = Expect.ACCEPTABLE,
        desc = "the slot was left to the thread that closed, which took care of it")
@State
public class PutCloseWaiterStress extends Round {
    private final Waiter waiter = patient();

    public PutCloseWaiterStress() {
        super(1);
        holdAll(one);
        enqueue(waiter);
        willClose();
    }

    @Actor
    public void first(LLLL_Result r) {
        r.r1 = put(0, one, BEFORE);
    }

    @Actor
    public void second(LLLL_Result r) {
        r.r2 = close(two);
    }

    @Arbiter
    public void after(LLLL_Result r) {
        r.r3 = name(waiter);
        r.r4 = audit();
    }
}
