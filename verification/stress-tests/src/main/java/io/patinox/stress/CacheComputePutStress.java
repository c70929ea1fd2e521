package io.patinox.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/// **Claim.** a compute sees the value that a put brings, or is replaced by it: none is lost
/// without the other having seen it.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t CacheComputePutStress`
@JCStressTest
@Outcome(id = "put", expect = Expect.ACCEPTABLE, desc = "computed, then put")
@Outcome(id = "put+", expect = Expect.ACCEPTABLE, desc = "put, then computed")
@State
public class CacheComputePutStress {
    private final Object key = new Object();

    @Actor
    public void first() {
        Cached.CACHE.asMap().compute(key, (_, old) -> old == null ? "+" : old + "+");
    }

    @Actor
    public void second() {
        Cached.CACHE.put(key, "put");
    }

    @Arbiter
    public void after(L_Result r) {
        r.r1 = Cached.last(key);
    }
}
