package io.patinox.stress;

import io.patinox.memory.share.SharedData;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/// **Claim.** a handle that is passed on through a data race is whole.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t ShareRacyPublicationStress`
@JCStressTest
@Outcome(id = "nothing", expect = Expect.ACCEPTABLE, desc = "not there yet")
@Outcome(id = "value 1", expect = Expect.ACCEPTABLE, desc = "whole")
@State
public class ShareRacyPublicationStress {
    private final SharedData<String> data = SharedData.of("value");
    private @Nullable SharedData<String> handle;

    @Actor
    public void first() {
        handle = data.share();
    }

    @Actor
    public void second(L_Result r) {
        SharedData<String> seen = handle;
        r.r1 = seen == null ? "nothing" : seen.get() + " " + seen.version();
    }
}
