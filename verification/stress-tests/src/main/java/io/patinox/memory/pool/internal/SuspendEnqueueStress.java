package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// **Claim.** who queues just as the engine is suspended is served, or waits for its end.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t SuspendEnqueueStress`
@JCStressTest
@Outcome(
        id = "queued, suspended, granted, kept",
        expect = Expect.ACCEPTABLE,
        desc = "it came before")
@Outcome(
        id = "queued, suspended, waits, kept",
        expect = Expect.ACCEPTABLE,
        desc = "it came after, and is served at the end")
@State
public class SuspendEnqueueStress extends Round {
    private final Waiter waiter = patient();

    public SuspendEnqueueStress() {
        super(1);
    }

    @Actor
    public void first(LLLL_Result r) {
        r.r1 = enqueue(waiter);
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
