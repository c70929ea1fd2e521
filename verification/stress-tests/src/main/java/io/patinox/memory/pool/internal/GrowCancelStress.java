package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// **Claim.** whoever gives up while a slot is added either gets it or leaves it free.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t GrowCancelStress`
@JCStressTest
@Outcome(
        id = "put, cancelled, cancelled, kept",
        expect = Expect.ACCEPTABLE,
        desc = "gave up before")
@Outcome(id = "put, too-late, granted, kept", expect = Expect.ACCEPTABLE, desc = "served before")
@State
public class GrowCancelStress extends Round {
    private final Waiter waiter = patient();

    public GrowCancelStress() {
        super(1);
        holdAll(two);
        enqueue(waiter);
    }

    @Actor
    public void first(LLLL_Result r) {
        r.r1 = growAndPut(one);
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
