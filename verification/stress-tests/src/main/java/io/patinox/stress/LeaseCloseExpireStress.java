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

/// **Claim.** a lease that is expired while it is closed is released once: its object is recycled,
/// or taken out of service, and a borrower of the past never spoils it for the next.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t LeaseCloseExpireStress`
@JCStressTest
@Outcome(id = "released, 1", expect = Expect.ACCEPTABLE, desc = "the close came first: recycled")
@Outcome(
        id = "released, 0",
        expect = Expect.ACCEPTABLE,
        desc = "the expire came first: not recycled")
@State
public class LeaseCloseExpireStress {
    private final AtomicInteger releases = new AtomicInteger();
    private final PooledConnection<Leases.Thing> lease = Leases.next(releases);

    @Actor
    public void first() {
        lease.close();
    }

    @Actor
    public void second() {
        lease.expire();
    }

    @Arbiter
    public void after(LL_Result r) {
        r.r1 = lease.isReleased() ? "released" : "held";
        r.r2 = releases.get();
    }
}
