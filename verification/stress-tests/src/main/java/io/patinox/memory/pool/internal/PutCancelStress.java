package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// **Claim.** one who gives up just as it is served learns which of the two it was.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t PutCancelStress`
@JCStressTest
@Outcome(
        id = "put, too-late, granted, kept",
        expect = Expect.ACCEPTABLE,
        desc = "the put came first: the waiter holds the slot")
@Outcome(
        id = "put, cancelled, cancelled, kept",
        expect = Expect.ACCEPTABLE,
        desc = "the cancel came first: the slot is free")
@State
public class PutCancelStress extends Round {
    private final Waiter waiter = patient();

    public PutCancelStress() {
        super(1);
        holdAll(one);
        enqueue(waiter);
    }

    @Actor
    public void first(LLLL_Result r) {
        r.r1 = put(0, one, BEFORE);
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
