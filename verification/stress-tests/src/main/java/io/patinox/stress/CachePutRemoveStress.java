package io.patinox.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZL_Result;

/// **Claim.** a put, which may need no lock, and a conditional removal come one after the other:
/// what was put in is there in the end.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t CachePutRemoveStress`
@JCStressTest
@Outcome(id = "true, new", expect = Expect.ACCEPTABLE, desc = "removed, then put")
@Outcome(id = "false, new", expect = Expect.ACCEPTABLE, desc = "put, so not removed")
@State
public class CachePutRemoveStress {
    private final Object key = new Object();

    /// Puts the old value in.
    public CachePutRemoveStress() {
        Cached.CACHE.put(key, "old");
    }

    @Actor
    public void first(ZL_Result r) {
        r.r1 = Cached.CACHE.asMap().remove(key, "old");
    }

    @Actor
    public void second() {
        Cached.CACHE.put(key, "new");
    }

    @Arbiter
    public void after(ZL_Result r) {
        r.r2 = Cached.last(key);
    }
}
