package io.patinox.stress;

import io.patinox.memory.share.MutableSharedData;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LJJ_Result;

/// **Claim.** values and versions of mutable shared data are seen in one order, by whatever method:
/// a reader never goes back.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t MutableSnapshotGetStress`
@JCStressTest
@Outcome(id = "old, 1, 1", expect = Expect.ACCEPTABLE, desc = "before the write")
@Outcome(id = "old, 1, 2", expect = Expect.ACCEPTABLE, desc = "the write came late")
@Outcome(id = "old, 2, 2", expect = Expect.ACCEPTABLE, desc = "the write came early")
@Outcome(id = "new, 2, 2", expect = Expect.ACCEPTABLE, desc = "after the write")
@State
public class MutableSnapshotGetStress {
    private final MutableSharedData<String> data = MutableSharedData.of("old");

    @Actor
    public void first() {
        data.write(old -> "new");
    }

    @Actor
    public void second(LJJ_Result r) {
        r.r1 = data.get();
        r.r2 = data.snapshot().version();
        r.r3 = data.get().equals("old") ? 1 : 2;
    }
}
