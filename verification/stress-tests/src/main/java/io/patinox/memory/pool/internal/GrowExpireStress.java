package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/// **Claim.** a wait that ends while a slot is added ends once, with the slot or without.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t GrowExpireStress`
@JCStressTest
@Outcome(id = "put, expired, kept", expect = Expect.ACCEPTABLE, desc = "late")
@Outcome(id = "put, granted, kept", expect = Expect.ACCEPTABLE, desc = "in time")
@State
public class GrowExpireStress extends Round {
    private final Waiter waiter = late();

    public GrowExpireStress() {
        super(1);
        holdAll(two);
        enqueue(waiter);
    }

    @Actor
    public void first(LLL_Result r) {
        r.r1 = growAndPut(one);
    }

    @Actor
    public void second(LLL_Result r) {
        engine.expire(NOW);
    }

    @Arbiter
    public void after(LLL_Result r) {
        r.r2 = name(waiter);
        r.r3 = audit();
    }
}
