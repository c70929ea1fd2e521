package io.patinox.stress;

import io.patinox.memory.share.SharedData;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// **Claim.** a mutable payload that was handed out is never changed: a reader sees all of an
/// update or nothing of it, and what it saw stays.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t ShareMutateStress`
@JCStressTest
@Outcome(id = "0, 0, 0", expect = Expect.ACCEPTABLE, desc = "handed out, so a copy is changed")
@Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "changed in place, then handed out")
@State
public class ShareMutateStress {
    private final SharedData<int[]> data = SharedData.copyOnWrite(new int[2], int[]::clone);

    @Actor
    public void first() {
        data.mutate(array -> {
            array[0] = 1;
            array[1] = 1;
        });
    }

    @Actor
    public void second(III_Result r) {
        int[] seen = data.get();
        r.r1 = seen[0];
        r.r2 = seen[1];
        r.r3 = seen[0];
    }
}
