package io.patinox.memory.pool.internal;

import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// **Claim.** a batch that gives up while it is served loses nothing.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t BatchGiveUpStress`
@JCStressTest
@Outcome(
        id = "put, gave-up, granted+cancelled, kept",
        expect = Expect.ACCEPTABLE,
        desc = "it was granted a slot, and put it")
@Outcome(
        id = "put, gave-up, cancelled+cancelled, kept",
        expect = Expect.ACCEPTABLE,
        desc = "it had left")
@State
public class BatchGiveUpStress extends Round {
    private final List<Counted> batch = batch(2);

    public BatchGiveUpStress() {
        super(2);
        holdAll(one);
        enqueueAll(batch);
    }

    @Actor
    public void first(LLLL_Result r) {
        r.r1 = put(0, one, BEFORE);
    }

    @Actor
    public void second(LLLL_Result r) {
        r.r2 = giveUp(batch);
    }

    @Arbiter
    public void after(LLLL_Result r) {
        r.r3 = names(batch);
        r.r4 = audit();
    }
}
