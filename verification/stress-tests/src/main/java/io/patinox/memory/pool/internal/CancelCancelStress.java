package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// **Claim.** one waiter gives up once, whoever asks for it.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t CancelCancelStress`
@JCStressTest
@Outcome(
        id = "cancelled, too-late, cancelled, kept",
        expect = Expect.ACCEPTABLE,
        desc = "the first came first")
@Outcome(
        id = "too-late, cancelled, cancelled, kept",
        expect = Expect.ACCEPTABLE,
        desc = "the second came first")
@State
public class CancelCancelStress extends Round {
    private final Waiter waiter = patient();

    public CancelCancelStress() {
        super(1);
        holdAll(one);
        enqueue(waiter);
    }

    @Actor
    public void first(LLLL_Result r) {
        r.r1 = cancel(waiter);
    }

    @Actor
    public void second(LLLL_Result r) {
        r.r2 = cancel(waiter);
    }

    @Arbiter
    public void after(LLLL_Result r) {
        r.r3 = name(waiter);
        r.r4 = audit();
    }
}
