package io.patinox.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/// **Claim.** of two removals of one value, one gets it.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t CacheRemoveRemoveStress`
@JCStressTest
@Outcome(id = "true, false, nothing", expect = Expect.ACCEPTABLE, desc = "the first came first")
@Outcome(id = "false, true, nothing", expect = Expect.ACCEPTABLE, desc = "the second came first")
@State
public class CacheRemoveRemoveStress {
    private final Object key = new Object();

    /// Puts the value in.
    public CacheRemoveRemoveStress() {
        Cached.CACHE.put(key, "value");
    }

    @Actor
    public void first(ZZL_Result r) {
        r.r1 = Cached.CACHE.asMap().remove(key) != null;
    }

    @Actor
    public void second(ZZL_Result r) {
        r.r2 = Cached.CACHE.asMap().remove(key, "value");
    }

    @Arbiter
    public void after(ZZL_Result r) {
        r.r3 = Cached.last(key);
    }
}
