package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// **Claim.** two slots put at once serve both waiters.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t PutPutTwoWaitersStress`
@JCStressTest
@Outcome(
        id = "put, put, granted-granted, kept",
        expect = Expect.ACCEPTABLE,
        desc = "whichever came first")
@State
public class PutPutTwoWaitersStress extends Round {
    private final Waiter head = patient();
    private final Waiter next = patient();

    public PutPutTwoWaitersStress() {
        super(2);
        claim(0, one);
        claim(1, two);
        enqueue(head);
        enqueue(next);
    }

    @Actor
    public void first(LLLL_Result r) {
        r.r1 = put(0, one, BEFORE);
    }

    @Actor
    public void second(LLLL_Result r) {
        r.r2 = put(1, two, BEFORE);
    }

    @Arbiter
    public void after(LLLL_Result r) {
        r.r3 = name(head) + "-" + name(next);
        r.r4 = audit();
    }
}
