package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// **Claim.** whoever waits and whoever comes each get one of two slots, whichever of the threads
/// has the lock and does the work of the others.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t PutPutEnqueueStress`
@JCStressTest
@Outcome(
        id = "put, put, granted, kept-granted",
        expect = Expect.ACCEPTABLE,
        desc = "both are served")
@State
public class PutPutEnqueueStress extends Round {
    private final Waiter waits = patient();
    private final Waiter comes = patient();

    public PutPutEnqueueStress() {
        super(2);
        one.set(engine.tryTake());
        two.set(engine.tryTake());
        enqueue(waits);
    }

    @Actor
    public void first(LLLL_Result r) {
        r.r1 = put(one.nextSetBit(0), one, BEFORE);
    }

    @Actor
    public void second(LLLL_Result r) {
        r.r2 = put(two.nextSetBit(0), two, BEFORE);
    }

    @Actor
    public void third() {
        enqueue(comes);
    }

    @Arbiter
    public void after(LLLL_Result r) {
        r.r3 = name(waits);
        String second = name(comes);
        r.r4 = audit() + "-" + second;
    }
}
