package io.patinox.stress;

import io.patinox.memory.share.SharedData;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IJ_Result;

/// **Claim.** no update is lost, and each makes one version.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t ShareUpdateUpdateStress`
@JCStressTest
@Outcome(id = "11, 3", expect = Expect.ACCEPTABLE, desc = "both")
@State
public class ShareUpdateUpdateStress {
    private final SharedData<Integer> data = SharedData.of(0);

    @Actor
    public void first() {
        data.update(n -> n + 1);
    }

    @Actor
    public void second() {
        data.update(n -> n + 10);
    }

    @Arbiter
    public void after(IJ_Result r) {
        r.r1 = data.get();
        r.r2 = data.version();
    }
}
