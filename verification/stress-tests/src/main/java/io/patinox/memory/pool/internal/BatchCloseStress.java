package io.patinox.memory.pool.internal;

import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// **Claim.** a batch is queued and failed whole, served whole, or refused whole.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t BatchCloseStress`
@JCStressTest
@Outcome(
        id = "queued, failed-0, granted+granted, kept",
        expect = Expect.ACCEPTABLE,
        desc = "it was served before")
@Outcome(
        id = "refused, failed-0, closed+closed, kept",
        expect = Expect.ACCEPTABLE,
        desc = "it came too late")
@State
public class BatchCloseStress extends Round {
    private final List<Counted> batch = batch(2);

    public BatchCloseStress() {
        super(2);
        willClose();
    }

    @Actor
    public void first(LLLL_Result r) {
        r.r1 = enqueueAll(batch);
    }

    @Actor
    public void second(LLLL_Result r) {
        r.r2 = close(two);
    }

    @Arbiter
    public void after(LLLL_Result r) {
        r.r3 = names(batch);
        r.r4 = audit();
    }
}
