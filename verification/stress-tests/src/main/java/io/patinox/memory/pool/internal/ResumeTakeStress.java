package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// **Claim.** a newcomer does not overtake those whom the end of a suspension serves.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t ResumeTakeStress`
@JCStressTest
@Outcome(
        id = "none, resumed, granted, kept",
        expect = Expect.ACCEPTABLE,
        desc = "the slot was the waiter's")
@State
public class ResumeTakeStress extends Round {
    private final Waiter waiter = patient();

    public ResumeTakeStress() {
        super(1);
        suspend();
        enqueue(waiter);
    }

    @Actor
    public void first(LLLL_Result r) {
        r.r1 = take(one);
    }

    @Actor
    public void second(LLLL_Result r) {
        r.r2 = resume();
    }

    @Arbiter
    public void after(LLLL_Result r) {
        r.r3 = name(waiter);
        r.r4 = audit();
    }
}
