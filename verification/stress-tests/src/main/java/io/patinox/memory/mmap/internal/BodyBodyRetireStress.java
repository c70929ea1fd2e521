package io.patinox.memory.mmap.internal;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// **Claim.** Of two bodies and a growth, one gives the old region back, and no body is in it then.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t BodyBodyRetireStress`
@JCStressTest
@Outcome(id = "[01], [01], 1", expect = Expect.ACCEPTABLE, desc = "each was in it, or too late")
@Outcome(expect = Expect.FORBIDDEN, desc = "forgotten, given back twice, or under a body")
@State
public class BodyBodyRetireStress {
    private final Users users = new Users();
    private final AtomicInteger givenBack = new AtomicInteger();

    private int body() {
        int seen = 0;
        if (users.enter()) {
            seen = givenBack.get() == 0 ? 1 : 2;
        }
        giveBack(users.leave());
        return seen;
    }

    private void giveBack(boolean mine) {
        if (mine) {
            givenBack.incrementAndGet();
        }
    }

    @Actor
    public void one(III_Result r) {
        r.r1 = body();
    }

    @Actor
    public void two(III_Result r) {
        r.r2 = body();
    }

    @Actor
    public void growth() {
        giveBack(users.retire());
    }

    @Arbiter
    public void after(III_Result r) {
        r.r3 = givenBack.get();
    }
}
