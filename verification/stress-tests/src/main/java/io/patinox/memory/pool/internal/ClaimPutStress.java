package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// **Claim.** maintenance that claims a slot on its way to a waiter, and gives it back, leaves
/// nobody waiting.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t ClaimPutStress`
@JCStressTest
@Outcome(
        id = "put, none, granted, kept",
        expect = Expect.ACCEPTABLE,
        desc = "the put served the waiter")
@Outcome(
        id = "put, claimed, granted, kept",
        expect = Expect.ACCEPTABLE,
        desc = "served when maintenance was done")
@State
public class ClaimPutStress extends Round {
    private final Waiter waiter = patient();

    public ClaimPutStress() {
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
        r.r2 = claim(0, two);
        if (two.get(0)) {
            put(0, two, BEFORE);
        }
    }

    @Arbiter
    public void after(LLLL_Result r) {
        r.r3 = name(waiter);
        r.r4 = audit();
    }
}
