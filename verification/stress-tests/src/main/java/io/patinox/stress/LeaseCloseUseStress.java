package io.patinox.stress;

import io.patinox.memory.error.LeaseReleasedException;
import io.patinox.memory.pool.PooledConnection;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/// **Claim.** whoever asks a lease for its object while another thread closes it gets the object or
/// a typed refusal.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t LeaseCloseUseStress`
@JCStressTest
@Outcome(id = "object, 1", expect = Expect.ACCEPTABLE, desc = "asked in time")
@Outcome(id = "refused, 1", expect = Expect.ACCEPTABLE, desc = "asked too late")
@State
public class LeaseCloseUseStress {
    private final AtomicInteger releases = new AtomicInteger();
    private final PooledConnection<Leases.Thing> lease = Leases.next(releases);
    private final Leases.Thing thing = lease.connection();

    @Actor
    public void first() {
        lease.close();
    }

    @Actor
    public void second(LL_Result r) {
        try {
            r.r1 = lease.connection() == thing ? "object" : "another";
        } catch (LeaseReleasedException e) {
            r.r1 = "refused";
        }
    }

    @Arbiter
    public void after(LL_Result r) {
        r.r2 = releases.get();
    }
}
