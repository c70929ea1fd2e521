package io.patinox.stress;

import io.patinox.memory.pool.PooledConnection;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/// **Claim.** a lease that two threads close at once is released once.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t LeaseCloseCloseStress`
@JCStressTest
@Outcome(id = "released, 1", expect = Expect.ACCEPTABLE, desc = "whichever came first")
@State
public class LeaseCloseCloseStress {
    private final AtomicInteger releases = new AtomicInteger();
    private final PooledConnection<Leases.Thing> lease = Leases.next(releases);

    @Actor
    public void first() {
        lease.close();
    }

    @Actor
    public void second() {
        lease.close();
    }

    @Arbiter
    public void after(LL_Result r) {
        r.r1 = lease.isReleased() ? "released" : "held";
        r.r2 = releases.get();
    }
}
