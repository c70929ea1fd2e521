package io.patinox.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/// **Claim.** what was written and then invalidated is never found again: a load that read the old
/// state of the source does not outlive the invalidation that follows the change of the source.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t CacheStaleLoadStress`
@JCStressTest
@Outcome(id = "new", expect = Expect.ACCEPTABLE, desc = "loaded anew, or loaded after the change")
@Outcome(id = "nothing", expect = Expect.ACCEPTABLE, desc = "invalidated")
@State
public class CacheStaleLoadStress {
    private final Object key = new Object();
    private volatile Object source = "old";

    @Actor
    public void first() {
        Cached.CACHE.get(key, _ -> source);
    }

    @Actor
    public void second() {
        source = "new";
        Cached.CACHE.invalidate(key);
    }

    @Arbiter
    public void after(L_Result r) {
        r.r1 = Cached.last(key);
    }
}
