package io.patinox.memory.pool.internal;

import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// **Claim.** a newcomer gets a slot before a batch, or waits for all of it.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t BatchTakeStress`
@JCStressTest
@Outcome(
        id = "queued, took, granted+waits, kept",
        expect = Expect.ACCEPTABLE,
        desc = "the newcomer came first")
@Outcome(
        id = "queued, none, granted+granted, kept",
        expect = Expect.ACCEPTABLE,
        desc = "the batch came first")
@State
public class BatchTakeStress extends Round {
    private final List<Counted> batch = batch(2);

    public BatchTakeStress() {
        super(2);
    }

    @Actor
    public void first(LLLL_Result r) {
        r.r1 = enqueueAll(batch);
    }

    @Actor
    public void second(LLLL_Result r) {
        r.r2 = take(two);
    }

    @Arbiter
    public void after(LLLL_Result r) {
        r.r3 = names(batch);
        r.r4 = audit();
    }
}
