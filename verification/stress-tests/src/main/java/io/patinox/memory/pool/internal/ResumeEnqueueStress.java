package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// **Claim.** who queues just as the engine is resumed is served.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t ResumeEnqueueStress`
@JCStressTest
@Outcome(
        id = "queued, resumed, granted, kept",
        expect = Expect.ACCEPTABLE,
        desc = "whichever came first")
@State
public class ResumeEnqueueStress extends Round {
    private final Waiter waiter = patient();

    public ResumeEnqueueStress() {
        super(1);
        suspend();
    }

    @Actor
    public void first(LLLL_Result r) {
        r.r1 = enqueue(waiter);
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
