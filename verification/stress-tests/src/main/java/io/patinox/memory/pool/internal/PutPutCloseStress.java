package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// **Claim.** of two slots that are put while the engine closes, each is claimed by the close, or
/// stays with who put it; also one that was left to whoever had the lock.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t PutPutCloseStress`
@JCStressTest
@Outcome(
        id = "(put|refused), (put|refused), failed-[01], kept",
        expect = Expect.ACCEPTABLE,
        desc = "each before or after the close")
@State
public class PutPutCloseStress extends Round {
    public PutPutCloseStress() {
        super(2);
        one.set(engine.tryTake());
        two.set(engine.tryTake());
        enqueue(patient());
        willClose();
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
    public void third(LLLL_Result r) {
        r.r3 = close(three);
    }

    @Arbiter
    public void after(LLLL_Result r) {
        r.r4 = audit();
    }
}
