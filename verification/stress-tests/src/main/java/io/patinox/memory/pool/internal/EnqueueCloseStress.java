package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// **Claim.** one who queues while the engine closes is served or refused, and the free slot goes
/// to the waiter or to whoever closes.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t EnqueueCloseStress`
@JCStressTest
@Outcome(
        id = "queued, failed-0, granted, kept",
        expect = Expect.ACCEPTABLE,
        desc = "the waiter came first")
@Outcome(
        id = "refused, failed-0, closed, kept",
        expect = Expect.ACCEPTABLE,
        desc = "the close came first")
@Outcome(
        id = "queued, failed-0, closed, kept",
        expect = Expect.ACCEPTABLE,
        desc = "the waiter was left to the thread that closed, which failed it at the end")
@State
public class EnqueueCloseStress extends Round {
    private final Waiter waiter = patient();

    public EnqueueCloseStress() {
        super(1);
        willClose();
    }

    @Actor
    public void first(LLLL_Result r) {
        r.r1 = enqueue(waiter);
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
