package io.patinox.memory.pool.internal;

import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// **Claim.** two batches never hold parts of what the other needs: one is served whole.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t BatchBatchStress`
@JCStressTest
@Outcome(
        id = "queued, queued, granted+granted/waits+waits, kept",
        expect = Expect.ACCEPTABLE,
        desc = "the first came first")
@Outcome(
        id = "queued, queued, waits+waits/granted+granted, kept",
        expect = Expect.ACCEPTABLE,
        desc = "the second came first")
@State
public class BatchBatchStress extends Round {
    private final List<Counted> left = batch(2);
    private final List<Counted> right = batch(2);

    public BatchBatchStress() {
        super(2);
    }

    @Actor
    public void first(LLLL_Result r) {
        r.r1 = enqueueAll(left);
    }

    @Actor
    public void second(LLLL_Result r) {
        r.r2 = enqueueAll(right);
    }

    @Arbiter
    public void after(LLLL_Result r) {
        r.r3 = names(left) + "/" + names(right);
        r.r4 = audit();
    }
}
