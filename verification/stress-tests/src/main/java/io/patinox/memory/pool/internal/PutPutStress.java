package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// **Claim.** of two slots put at once, one serves the waiter and the other becomes free.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t PutPutStress`
@JCStressTest
@Outcome(id = "put, put, granted, kept", expect = Expect.ACCEPTABLE, desc = "whichever came first")
@State
public class PutPutStress extends Round {
    private final Waiter waiter = patient();

    public PutPutStress() {
        super(2);
        claim(0, one);
        claim(1, two);
        enqueue(waiter);
    }

    @Actor
    public void first(LLLL_Result r) {
        r.r1 = put(0, one, BEFORE);
    }

    @Actor
    public void second(LLLL_Result r) {
        r.r2 = put(1, two, BEFORE);
    }

    @Arbiter
    public void after(LLLL_Result r) {
        r.r3 = name(waiter);
        r.r4 = audit();
    }
}
