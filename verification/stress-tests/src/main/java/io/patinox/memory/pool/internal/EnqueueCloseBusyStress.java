package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// **Claim.** one who queues while a busy engine closes is failed by the close or refused: never
/// left waiting.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t EnqueueCloseBusyStress`
@JCStressTest
@Outcome(
        id = "queued, failed-1, closed, kept",
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
public class EnqueueCloseBusyStress extends Round {
    private final Waiter waiter = patient();

    public EnqueueCloseBusyStress() {
        super(1);
        holdAll(two);
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
