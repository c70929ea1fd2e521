package io.patinox.stress;

import io.patinox.memory.share.SharedData;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JL_Result;

/// **Claim.** whoever saw a version of a handle does not get an older value afterwards, although
/// the two are read from different fields.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t SharedSnapshotGetStress`
@JCStressTest
@Outcome(id = "1, old", expect = Expect.ACCEPTABLE, desc = "before the update")
@Outcome(id = "1, new", expect = Expect.ACCEPTABLE, desc = "the update came in between")
@Outcome(id = "2, new", expect = Expect.ACCEPTABLE, desc = "after the update")
@State
public class SharedSnapshotGetStress {
    private final SharedData<String> data = SharedData.of("old");

    @Actor
    public void first() {
        data.update(old -> "new");
    }

    @Actor
    public void second(JL_Result r) {
        r.r1 = data.snapshot().version();
        r.r2 = data.get();
    }
}
