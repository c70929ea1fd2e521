package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// **Claim.** slots of two words put at once serve both waiters.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t TwoWordsPutPutStress`
@JCStressTest
@Outcome(
        id = "put, put, granted-granted, kept",
        expect = Expect.ACCEPTABLE,
        desc = "whichever came first")
@State
public class TwoWordsPutPutStress extends Round {
    private final Waiter head = patient();
    private final Waiter next = patient();

    public TwoWordsPutPutStress() {
        super(ControlWords.SLOTS_PER_WORD + 1);
        holdAll(one);
        one.clear(ControlWords.SLOTS_PER_WORD);
        two.set(ControlWords.SLOTS_PER_WORD);
        enqueue(head);
        enqueue(next);
    }

    @Actor
    public void first(LLLL_Result r) {
        r.r1 = put(0, one, BEFORE);
    }

    @Actor
    public void second(LLLL_Result r) {
        r.r2 = put(ControlWords.SLOTS_PER_WORD, two, BEFORE);
    }

    @Arbiter
    public void after(LLLL_Result r) {
        r.r3 = name(head) + "-" + name(next);
        r.r4 = audit();
    }
}
