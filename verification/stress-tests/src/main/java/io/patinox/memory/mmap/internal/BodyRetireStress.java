package io.patinox.memory.mmap.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// **Claim.** A region is given back once, and never while somebody is in it.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t BodyRetireStress`
@JCStressTest
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "the body came too late")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "the body found it mapped to its end")
@Outcome(id = "2, 1", expect = Expect.FORBIDDEN, desc = "it was given back under the body")
@State
public class BodyRetireStress {
    private final Users users = new Users();
    private volatile int givenBack;

    @Actor
    public void body(II_Result r) {
        if (users.enter()) {
            r.r1 = givenBack == 0 ? 1 : 2;
        }
        giveBack(users.leave());
    }

    @Actor
    public void growth() {
        giveBack(users.retire());
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // two at once would be the defect
    private void giveBack(boolean mine) {
        if (mine) {
            givenBack++;
        }
    }

    @Arbiter
    public void after(II_Result r) {
        r.r2 = givenBack;
    }
}
