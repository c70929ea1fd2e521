package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// **Claim.** maintenance never claims a slot that somebody still waits for: what is put while a
/// waiter expires is granted to it or free.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t ClaimExpireStress`
@JCStressTest
@Outcome(
        id = "claimed, swept, expired, kept",
        expect = Expect.ACCEPTABLE,
        desc = "the wait was over before the put")
@Outcome(
        id = "none, swept, granted, kept",
        expect = Expect.ACCEPTABLE,
        desc = "the put served the waiter in time")
@Outcome(
        id = "none, swept, expired, kept",
        expect = Expect.ACCEPTABLE,
        desc = "the put was left to the thread that swept, and is done when both are")
@State
public class ClaimExpireStress extends Round {
    private final Waiter waiter = late();

    public ClaimExpireStress() {
        super(1);
        holdAll(one);
        enqueue(waiter);
    }

    @Actor
    public void first(LLLL_Result r) {
        put(0, one, BEFORE);
        r.r1 = claim(0, one);
    }

    @Actor
    public void second(LLLL_Result r) {
        engine.expire(NOW);
        r.r2 = "swept";
    }

    @Arbiter
    public void after(LLLL_Result r) {
        r.r3 = name(waiter);
        r.r4 = audit();
    }
}
