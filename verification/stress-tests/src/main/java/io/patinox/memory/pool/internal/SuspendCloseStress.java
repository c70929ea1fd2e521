package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// **Claim.** closing and suspending do not meet: the engine is closed, and the slot is claimed.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t SuspendCloseStress`
@JCStressTest
@Outcome(
        id = "suspended, failed-1, closed, kept",
        expect = Expect.ACCEPTABLE,
        desc = "it was suspended before")
@Outcome(
        id = "not-suspended, failed-1, closed, kept",
        expect = Expect.ACCEPTABLE,
        desc = "it was closed before")
@State
public class SuspendCloseStress extends Round {
    private final Waiter waiter = patient();

    public SuspendCloseStress() {
        super(2);
        willClose();
        holdAll(one);
        enqueue(waiter);
    }

    @Actor
    public void first(LLLL_Result r) {
        r.r1 = suspend();
    }

    @Actor
    public void second(LLLL_Result r) {
        r.r2 = close(two);
    }

    @Arbiter
    public void after(LLLL_Result r) {
        r.r3 = name(waiter);
        r.r4 = audit();
    }
}
