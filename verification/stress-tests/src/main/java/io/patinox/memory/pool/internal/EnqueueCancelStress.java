package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// **Claim.** one who gives up at the head takes nobody along who queues behind.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t EnqueueCancelStress`
@JCStressTest
@Outcome(
        id = "queued, cancelled, waits, kept",
        expect = Expect.ACCEPTABLE,
        desc = "the newcomer is alone in the queue")
@State
public class EnqueueCancelStress extends Round {
    private final Waiter head = patient();
    private final Waiter newcomer = patient();

    public EnqueueCancelStress() {
        super(1);
        holdAll(two);
        enqueue(head);
    }

    @Actor
    public void first(LLLL_Result r) {
        r.r1 = enqueue(newcomer);
    }

    @Actor
    public void second(LLLL_Result r) {
        r.r2 = cancel(head);
    }

    @Arbiter
    public void after(LLLL_Result r) {
        r.r3 = name(newcomer);
        r.r4 = audit();
    }
}
