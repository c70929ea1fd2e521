package io.patinox.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/// **Claim.** whoever gets a value sees all that was done to it before it was put in, although its
/// fields are plain.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t CachePutGetStress`
@JCStressTest
@Outcome(id = "nothing", expect = Expect.ACCEPTABLE, desc = "read before it was put in")
@Outcome(id = "3", expect = Expect.ACCEPTABLE, desc = "read after it was put in")
@State
public class CachePutGetStress {
    private final Object key = new Object();

    /// A value with plain fields.
    private static final class Thing {
        private int one;
        private int two;
    }

    @Actor
    public void first() {
        Thing thing = new Thing();
        thing.one = 1;
        thing.two = 2;
        Cached.CACHE.put(key, thing);
    }

    @Actor
    public void second(L_Result r) {
        Object found = Cached.CACHE.getIfPresent(key);
        r.r1 = found instanceof Thing thing ? thing.one + thing.two : (Object) "nothing";
    }

    @Arbiter
    public void after(L_Result r) {
        Cached.CACHE.invalidate(key);
    }
}
