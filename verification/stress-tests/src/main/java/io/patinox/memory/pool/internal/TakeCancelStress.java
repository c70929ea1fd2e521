package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// **Claim.** once a waiter has given up the gate is open: a slot put and taken by one thread is
/// granted to the waiter, or taken, and never left lying.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t TakeCancelStress`
@JCStressTest
@Outcome(
        id = "took, cancelled, cancelled, kept",
        expect = Expect.ACCEPTABLE,
        desc = "the waiter gave up before the put")
@Outcome(
        id = "none, too-late, granted, kept",
        expect = Expect.ACCEPTABLE,
        desc = "the put served the waiter in time")
@Outcome(
        id = "none, cancelled, cancelled, kept",
        expect = Expect.ACCEPTABLE,
        desc = "the put was left to the thread that cancelled, and is done when both are")
@State
public class TakeCancelStress extends Round {
    private final Waiter waiter = patient();

    public TakeCancelStress() {
        super(1);
        holdAll(one);
        enqueue(waiter);
    }

    @Actor
    public void first(LLLL_Result r) {
        put(0, one, BEFORE);
        r.r1 = take(one);
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
