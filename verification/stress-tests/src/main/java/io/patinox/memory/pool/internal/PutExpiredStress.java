package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// **Claim.** a waiter whom both a put and a sweep find expired is ended and woken once, and gets
/// no slot.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t PutExpiredStress`
@JCStressTest
@Outcome(id = "put, swept, expired, kept", expect = Expect.ACCEPTABLE, desc = "whichever found it")
@State
public class PutExpiredStress extends Round {
    private final Waiter waiter = late();

    public PutExpiredStress() {
        super(1);
        holdAll(one);
        enqueue(waiter);
    }

    @Actor
    public void first(LLLL_Result r) {
        r.r1 = put(0, one, AT_NOW);
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
