package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// **Claim.** with more slots than one word holds, a slot of the second word goes to a taker or to
/// a waiter, and who fails to take it leaves it to the waiter.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t TwoWordsTakeEnqueueStress`
@JCStressTest
@Outcome(
        id = "took, queued, waits, kept",
        expect = Expect.ACCEPTABLE,
        desc = "the taker came first")
@Outcome(
        id = "none, queued, granted, kept",
        expect = Expect.ACCEPTABLE,
        desc = "the waiter came first")
@State
public class TwoWordsTakeEnqueueStress extends Round {
    private final Waiter waiter = patient();

    public TwoWordsTakeEnqueueStress() {
        super(ControlWords.SLOTS_PER_WORD + 1);
        holdAll(one);
        put(ControlWords.SLOTS_PER_WORD, one, BEFORE);
    }

    @Actor
    public void first(LLLL_Result r) {
        r.r1 = take(one);
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
