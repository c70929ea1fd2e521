package io.patinox.stress;

import io.patinox.memory.pool.PooledConnection;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/// **Claim.** a lease that its borrower and another thread close at once is released once: the two
/// go different ways to find out who it is.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t LeaseCloseByBorrowerStress`
@JCStressTest
@Outcome(id = "closed, 1", expect = Expect.ACCEPTABLE, desc = "whichever came first")
@Outcome(id = "not-yet, 1", expect = Expect.ACCEPTABLE, desc = "the other was too early")
@State
public class LeaseCloseByBorrowerStress {
    private final AtomicInteger releases = new AtomicInteger();
    private volatile @Nullable PooledConnection<Leases.Thing> shared;

    @Actor
    public void borrower() {
        PooledConnection<Leases.Thing> lease = Leases.next(releases);
        shared = lease;
        lease.close();
    }

    @Actor
    public void other(LL_Result r) {
        PooledConnection<Leases.Thing> lease = shared;
        for (int i = 0; i < 100 && lease == null; i++) {
            lease = shared;
        }
        r.r1 = lease == null ? "not-yet" : "closed";
        if (lease != null) {
            lease.close();
        }
    }

    @Arbiter
    public void after(LL_Result r) {
        r.r2 = releases.get();
    }
}
