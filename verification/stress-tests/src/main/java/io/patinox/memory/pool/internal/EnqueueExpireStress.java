package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// **Claim.** a sweep for the expired meets a waiter whole or not at all.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t EnqueueExpireStress`
@JCStressTest
@Outcome(
        id = "queued, swept, waits, kept",
        expect = Expect.ACCEPTABLE,
        desc = "the sweep came first")
@Outcome(
        id = "queued, swept, expired, kept",
        expect = Expect.ACCEPTABLE,
        desc = "the waiter came first")
@State
public class EnqueueExpireStress extends Round {
    private final Waiter waiter = late();

    public EnqueueExpireStress() {
        super(1);
        holdAll(two);
    }

    @Actor
    public void first(LLLL_Result r) {
        r.r1 = enqueue(waiter);
    }

    @Actor
    public void second(LLLL_Result r) {
        engine.expire(NOW);
        r.r2 = "swept";
    }

    @Arbiter
    public void after(LLLL_Result r) {
        r.r3 = name(waiter);
        r.r4 = audit();
    }
}
