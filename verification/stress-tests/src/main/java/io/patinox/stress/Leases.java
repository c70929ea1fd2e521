package io.patinox.stress;

import io.patinox.memory.pool.ConnectionManager;
import io.patinox.memory.pool.Pool;
import io.patinox.memory.pool.PooledConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/// Leases for the tests, from one large pool: a pool a round would be too slow.
final class Leases {
    private static final Pool<Thing> POOL =
            Pool.builder(new Trivial())
                    .maxSize(50_000)
                    .createConcurrency(64)
                    .validationBypass(Duration.ofDays(1))
                    .idleTimeout(Duration.ZERO)
                    .maxLifetime(Duration.ZERO)
                    .build();

    static {
        // As many as jcstress has in hand at a time, made before the clock runs.
        List<CompletableFuture<PooledConnection<Thing>>> all = new ArrayList<>();
        for (int i = 0; i < 12_000; i++) {
            all.add(POOL.acquireAsync());
        }
        all.forEach(asked -> asked.join().close());
    }

    private Leases() {}

    /// Acquires a lease.
    ///
    /// @param releases counts how often this lease gives its object back
    static PooledConnection<Thing> next(AtomicInteger releases) {
        PooledConnection<Thing> lease = POOL.acquire();
        lease.connection().releases = releases;
        return lease;
    }

    /// Tells the one who borrowed it last when it comes back.
    static final class Thing {
        AtomicInteger releases = new AtomicInteger();
    }

    private static final class Trivial implements ConnectionManager<Thing> {
        @Override
        public Thing create() {
            return new Thing();
        }

        @Override
        public void recycle(Thing thing) {
            thing.releases.incrementAndGet();
        }

        @Override
        public void destroy(Thing thing) {}
    }
}
