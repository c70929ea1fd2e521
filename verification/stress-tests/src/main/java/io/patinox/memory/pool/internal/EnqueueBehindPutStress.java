package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// **Claim.** a put serves the head of the queue, whoever else arrives meanwhile.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t EnqueueBehindPutStress`
@JCStressTest
@Outcome(
        id = "waits, put, granted, kept",
        expect = Expect.ACCEPTABLE,
        desc = "the head is served, the newcomer waits")
@State
public class EnqueueBehindPutStress extends Round {
    private final Waiter head = patient();
    private final Waiter newcomer = patient();

    public EnqueueBehindPutStress() {
        super(1);
        holdAll(two);
        enqueue(head);
    }

    @Actor
    public void first(LLLL_Result r) {
        enqueue(newcomer);
    }

    @Actor
    public void second(LLLL_Result r) {
        r.r2 = put(0, two, BEFORE);
    }

    @Arbiter
    public void after(LLLL_Result r) {
        r.r1 = name(newcomer);
        r.r3 = name(head);
        r.r4 = audit();
    }
}
