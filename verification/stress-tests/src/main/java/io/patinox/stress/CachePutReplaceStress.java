package io.patinox.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZL_Result;

/// **Claim.** a put, which may need no lock, and a conditional replacement come one after the
/// other: a replacement that found what it compared is overwritten, one that came late is refused.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t CachePutReplaceStress`
@JCStressTest
@Outcome(id = "true, new", expect = Expect.ACCEPTABLE, desc = "replaced, then put")
@Outcome(id = "false, new", expect = Expect.ACCEPTABLE, desc = "put, so not replaced")
@State
public class CachePutReplaceStress {
    private final Object key = new Object();

    /// Puts the old value in.
    public CachePutReplaceStress() {
        Cached.CACHE.put(key, "old");
    }

    @Actor
    public void first(ZL_Result r) {
        r.r1 = Cached.CACHE.asMap().replace(key, "old", "other");
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
