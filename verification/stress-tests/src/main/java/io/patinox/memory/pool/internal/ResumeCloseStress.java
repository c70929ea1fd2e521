package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// **Claim.** who waits when the engine is resumed and closed is served, or told.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t ResumeCloseStress`
@JCStressTest
@Outcome(
        id = "resumed, failed-0, granted, kept",
        expect = Expect.ACCEPTABLE,
        desc = "it was resumed before")
@Outcome(
        id = "resumed, failed-1, closed, kept",
        expect = Expect.ACCEPTABLE,
        desc = "it was closed before")
@State
public class ResumeCloseStress extends Round {
    private final Waiter waiter = patient();

    public ResumeCloseStress() {
        super(1);
        willClose();
        suspend();
        enqueue(waiter);
    }

    @Actor
    public void first(LLLL_Result r) {
        r.r1 = resume();
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
