package io.patinox.contract.pool;

import static io.patinox.contract.pool.Audit.SOON;

import io.patinox.contract.pool.Things.Thing;
import io.patinox.memory.pool.Pool;
import io.patinox.memory.pool.PooledConnection;
import java.time.Duration;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Claim: no wake-up is lost. Each run ends with one last waiter and one last release that meet.
class PoolLastWaiterTest {
    private static final int RUNS = 10_000;

    private final Things things = new Things();
    private final Pool<Thing> pool =
            Pools.builder(things).maxSize(2).validationBypass(Duration.ofDays(1)).build();
    private final CyclicBarrier together = new CyclicBarrier(2);

    @ParameterizedTest
    @EnumSource
    @Timeout(120)
    void close_theLastWaiterArrives_isServed(Threads.Kind kind) throws Exception {
        PooledConnection<Thing> other = pool.acquire(SOON);
        Threads threads = new Threads(kind);
        // Whoever waits for a release that was missed fails with a timeout.
        threads.start(
                2,
                me -> {
                    for (int run = 0; run < RUNS; run++) {
                        meet();
                        try (PooledConnection<Thing> lease = pool.acquire(SOON)) {
                            lease.connection().touch();
                        }
                    }
                });
        threads.join();
        other.close();
        Audit.atRest(pool);
        Audit.wholeCapacity(pool);
        Audit.closed(pool, things);
    }

    private void meet() {
        try {
            together.await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
