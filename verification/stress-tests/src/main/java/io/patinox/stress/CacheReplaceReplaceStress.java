package io.patinox.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/// **Claim.** of two replacements of one value by others, exactly one succeeds.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t CacheReplaceReplaceStress`
@JCStressTest
@Outcome(id = "true, false, first", expect = Expect.ACCEPTABLE, desc = "the first came first")
@Outcome(id = "false, true, second", expect = Expect.ACCEPTABLE, desc = "the second came first")
@State
public class CacheReplaceReplaceStress {
    private final Object key = new Object();

    /// Puts the old value in.
    public CacheReplaceReplaceStress() {
        Cached.CACHE.put(key, "old");
    }

    @Actor
    public void first(ZZL_Result r) {
        r.r1 = Cached.CACHE.asMap().replace(key, "old", "first");
    }

    @Actor
    public void second(ZZL_Result r) {
        r.r2 = Cached.CACHE.asMap().replace(key, "old", "second");
    }

    @Arbiter
    public void after(ZZL_Result r) {
        r.r3 = Cached.last(key);
    }
}
