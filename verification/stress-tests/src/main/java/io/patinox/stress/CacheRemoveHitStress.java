package io.patinox.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/// **Claim.** a read beside a removal finds the value or nothing, and the removal gets it.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t CacheRemoveHitStress`
@JCStressTest
@Outcome(id = "value, value, nothing", expect = Expect.ACCEPTABLE, desc = "read, then removed")
@Outcome(id = "nothing, value, nothing", expect = Expect.ACCEPTABLE, desc = "removed, then read")
@State
public class CacheRemoveHitStress {
    private final Object key = new Object();

    /// Puts the value in.
    public CacheRemoveHitStress() {
        Cached.CACHE.put(key, "value");
    }

    @Actor
    public void first(LLL_Result r) {
        Object found = Cached.CACHE.getIfPresent(key);
        r.r1 = found == null ? "nothing" : found;
    }

    @Actor
    public void second(LLL_Result r) {
        r.r2 = Cached.CACHE.asMap().remove(key);
    }

    @Arbiter
    public void after(LLL_Result r) {
        r.r3 = Cached.last(key);
    }
}
