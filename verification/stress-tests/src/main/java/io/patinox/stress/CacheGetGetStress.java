package io.patinox.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/// **Claim.** of two that ask for a missing key at once, one runs its function, and both get what
/// it made.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t CacheGetGetStress`
@JCStressTest
@Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "the first loaded")
@Outcome(id = "2, 2, 2", expect = Expect.ACCEPTABLE, desc = "the second loaded")
@State
public class CacheGetGetStress {
    private final Object key = new Object();

    @Actor
    public void first(LLL_Result r) {
        r.r1 = Cached.CACHE.get(key, _ -> 1);
    }

    @Actor
    public void second(LLL_Result r) {
        r.r2 = Cached.CACHE.get(key, _ -> 2);
    }

    @Arbiter
    public void after(LLL_Result r) {
        r.r3 = Cached.last(key);
    }
}
