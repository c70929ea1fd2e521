package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// **Claim.** one who gives up leaves both words, so that a slot of either is free or granted.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t TwoWordsPutCancelStress`
@JCStressTest
@Outcome(
        id = "put, too-late, granted, kept",
        expect = Expect.ACCEPTABLE,
        desc = "the put came first")
@Outcome(
        id = "put, cancelled, cancelled, kept",
        expect = Expect.ACCEPTABLE,
        desc = "the cancel came first")
@State
public class TwoWordsPutCancelStress extends Round {
    private final Waiter waiter = patient();

    public TwoWordsPutCancelStress() {
        super(ControlWords.SLOTS_PER_WORD + 1);
        holdAll(one);
        enqueue(waiter);
    }

    @Actor
    public void first(LLLL_Result r) {
        r.r1 = put(ControlWords.SLOTS_PER_WORD, one, BEFORE);
    }

    @Actor
    public void second(LLLL_Result r) {
        r.r2 = cancel(waiter);
    }

    @Arbiter
    public void after(LLLL_Result r) {
        r.r3 = name(waiter);
        r.r4 = audit();
    }
}
