package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/// **Claim.** two sweeps at once end each expired waiter once.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t ExpireExpireStress`
@JCStressTest
@Outcome(
        id = "expired, expired, kept",
        expect = Expect.ACCEPTABLE,
        desc = "whichever sweep found them")
@State
public class ExpireExpireStress extends Round {
    private final Waiter head = late();
    private final Waiter next = late();

    public ExpireExpireStress() {
        super(1);
        holdAll(one);
        enqueue(head);
        enqueue(next);
    }

    @Actor
    public void first(LLL_Result r) {
        engine.expire(NOW);
    }

    @Actor
    public void second(LLL_Result r) {
        engine.expire(NOW);
    }

    @Arbiter
    public void after(LLL_Result r) {
        r.r1 = name(head);
        r.r2 = name(next);
        r.r3 = audit();
    }
}
