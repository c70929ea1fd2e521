package io.patinox.stress;

import io.patinox.memory.share.SharedData;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZL_Result;

/// **Claim.** an update that was told it is exclusive was: whoever shares meanwhile comes before
/// it, and it is refused, or after it, and has the new value.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t ShareTryUpdateStress`
@JCStressTest
@Outcome(id = "true, new", expect = Expect.ACCEPTABLE, desc = "updated, then shared")
@Outcome(id = "false, old", expect = Expect.ACCEPTABLE, desc = "shared, so not updated")
@State
public class ShareTryUpdateStress {
    private final SharedData<String> data = SharedData.of("old");

    @Actor
    public void first(ZL_Result r) {
        r.r1 = data.tryUpdate(old -> "new");
    }

    @Actor
    public void second(ZL_Result r) {
        r.r2 = data.share().get();
    }
}
