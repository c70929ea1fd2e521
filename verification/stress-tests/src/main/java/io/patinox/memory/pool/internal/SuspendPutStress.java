package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// **Claim.** a slot that is put just as the engine is suspended is granted, or free.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t SuspendPutStress`
@JCStressTest
@Outcome(
        id = "put, suspended, granted, kept",
        expect = Expect.ACCEPTABLE,
        desc = "it was put before")
@Outcome(
        id = "put, suspended, waits, kept",
        expect = Expect.ACCEPTABLE,
        desc = "it was put after, and is granted at the end")
@State
public class SuspendPutStress extends Round {
    private final Waiter waiter = patient();

    public SuspendPutStress() {
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
        r.r2 = suspend();
    }

    @Arbiter
    public void after(LLLL_Result r) {
        r.r3 = name(waiter);
        r.r4 = audit();
    }
}
