package io.patinox.memory.pool.internal;

import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// **Claim.** the slot that a batch lacks is not missed, whichever comes first.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t BatchPutStress`
@JCStressTest
@Outcome(
        id = "queued, put, granted+granted, kept",
        expect = Expect.ACCEPTABLE,
        desc = "it is whole")
@State
public class BatchPutStress extends Round {
    private final List<Counted> batch = batch(2);

    public BatchPutStress() {
        super(2);
        holdAll(one);
        put(1, one, BEFORE);
    }

    @Actor
    public void first(LLLL_Result r) {
        r.r1 = enqueueAll(batch);
    }

    @Actor
    public void second(LLLL_Result r) {
        r.r2 = put(0, one, BEFORE);
    }

    @Arbiter
    public void after(LLLL_Result r) {
        r.r3 = names(batch);
        r.r4 = audit();
    }
}
