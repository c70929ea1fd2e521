package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// **Claim.** the one who waits gets the slot that was added or the one that is given back; the
/// other becomes free.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t GrowPutStress`
@JCStressTest
@Outcome(id = "put, put, granted, kept", expect = Expect.ACCEPTABLE, desc = "one of the two")
@State
public class GrowPutStress extends Round {
    private final Waiter waiter = patient();

    public GrowPutStress() {
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
        r.r2 = put(0, two, BEFORE);
    }

    @Arbiter
    public void after(LLLL_Result r) {
        r.r3 = name(waiter);
        r.r4 = audit();
    }
}
