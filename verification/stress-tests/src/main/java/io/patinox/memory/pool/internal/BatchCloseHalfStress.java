package io.patinox.memory.pool.internal;

import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// **Claim.** a batch that holds a part when the pool is closed is failed for the rest.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t BatchCloseHalfStress`
@JCStressTest
@Outcome(
        id = "queued, failed-1, granted+closed, kept",
        expect = Expect.ACCEPTABLE,
        desc = "it waited for the second")
@Outcome(
        id = "refused, failed-0, closed+closed, kept",
        expect = Expect.ACCEPTABLE,
        desc = "it came too late")
@State
public class BatchCloseHalfStress extends Round {
    private final List<Counted> batch = batch(2);

    public BatchCloseHalfStress() {
        super(2);
        willClose();
        holdAll(one);
        put(1, one, BEFORE);
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
