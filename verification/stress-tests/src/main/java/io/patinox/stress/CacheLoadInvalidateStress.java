package io.patinox.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/// **Claim.** a load that an invalidation met on its way is handed to its caller and not cached:
/// after the invalidation nobody finds a value that was made before it.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t CacheLoadInvalidateStress`
@JCStressTest
@Outcome(
        id = "loaded, nothing",
        expect = Expect.ACCEPTABLE,
        desc = "invalidated while it was loaded, or after")
@Outcome(
        id = "loaded, loaded",
        expect = Expect.ACCEPTABLE,
        desc = "invalidated before it was loaded")
@State
public class CacheLoadInvalidateStress {
    private final Object key = new Object();

    @Actor
    public void first(LL_Result r) {
        r.r1 = Cached.CACHE.get(key, _ -> "loaded");
    }

    @Actor
    public void second() {
        Cached.CACHE.invalidate(key);
    }

    @Arbiter
    public void after(LL_Result r) {
        r.r2 = Cached.last(key);
    }
}
