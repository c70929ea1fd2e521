package io.patinox.contract.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.pool.Pool;
import io.patinox.memory.pool.PoolCloseReport;
import io.patinox.memory.pool.PooledConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionFactory;

/// The check that holds for every pool at rest, whatever was done to it before.
final class Audit {
    static final Duration SOON = Duration.ofSeconds(20);

    private Audit() {}

    /// Begins a wait. An `Error` of a manager that ends a thread is no failure of the test.
    static ConditionFactory eventually() {
        return await().dontCatchUncaughtExceptions()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .atMost(SOON);
    }

    /// Waits until everything came back, and checks the books and the order.
    static void atRest(Pool<Things.Thing> pool) {
        balanced(pool);
        assertThat(pool.metrics().counters().get("pool.overtakings")).isZero();
    }

    /// Waits until everything came back, and checks the books.
    static void balanced(Pool<Things.Thing> pool) {
        eventually()
                .untilAsserted(() -> {
                    assertThat(pool.waiting()).as("waiting").isZero();
                    assertThat(pool.creating()).as("creating").isZero();
                    assertThat(pool.inUse()).as("in use").isZero();
                    assertThat(pool.idle()).as("idle").isEqualTo(pool.size());
                });
        assertThat(pool.size()).isBetween(0, pool.maxSize());
    }

    /// Borrows as many objects as the pool may have, all at once: no capacity was lost.
    static void wholeCapacity(Pool<Things.Thing> pool) {
        List<PooledConnection<Things.Thing>> leases = new ArrayList<>();
        for (int i = 0; i < pool.maxSize(); i++) {
            leases.add(pool.acquire(SOON));
        }
        assertThat(pool.inUse()).isEqualTo(pool.maxSize());
        assertThat(leases.stream().map(PooledConnection::connection).distinct())
                .hasSize(pool.maxSize());
        leases.forEach(PooledConnection::close);
    }

    /// Closes the pool and checks that each object was destroyed once.
    static PoolCloseReport closed(Pool<Things.Thing> pool, Things things) {
        PoolCloseReport report = pool.close(SOON);
        assertThat(report.abandoned()).isEmpty();
        destroyedOnce(things);
        assertThat(pool.size()).isZero();
        return report;
    }

    static void destroyedOnce(Things things) {
        eventually()
                .untilAsserted(() ->
                        assertThat(things.created)
                                .allSatisfy(t -> assertThat(t.destroyed).hasValue(1)));
    }
}
