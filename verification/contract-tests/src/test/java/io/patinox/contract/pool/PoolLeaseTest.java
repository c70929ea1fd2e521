package io.patinox.contract.pool;

import static io.patinox.contract.pool.Audit.SOON;
import static io.patinox.contract.pool.Audit.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.contract.pool.Things.Thing;
import io.patinox.memory.error.LeaseReleasedException;
import io.patinox.memory.error.PoolAcquireTimeoutException;
import io.patinox.memory.monitor.MonitorEvent;
import io.patinox.memory.pool.Pool;
import io.patinox.memory.pool.PooledConnection;
import java.time.Duration;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Claim: a lease ends once, whoever ends it, and one that nobody ends is found.
@Timeout(60)
class PoolLeaseTest {
    private final AtomicInteger recycled = new AtomicInteger();
    private final Things things =
            new Things() {
                @Override
                void recycling(Thing thing) {
                    recycled.incrementAndGet();
                }
            };
    private final EventLog log = new EventLog();

    @Test
    void close_twiceAndAfterTheNextAcquire_releasesOnce() {
        Pool<Thing> pool = Pools.builder(things).maxSize(1).build();
        PooledConnection<Thing> old = pool.acquire(SOON);
        old.close();
        PooledConnection<Thing> next = pool.acquire(SOON);
        old.close();
        old.expire();
        assertThat(recycled).hasValue(1);
        assertThat(pool.inUse()).isEqualTo(1);
        assertThat(next.isReleased()).isFalse();
        assertThat(old.isReleased()).isTrue();
        assertThatThrownBy(old::connection).isInstanceOf(LeaseReleasedException.class);
        next.close();
        assertThat(pool.idle()).isEqualTo(1);
        Audit.closed(pool, things);
        old.close();
        Audit.destroyedOnce(things);
    }

    @Test
    void close_byEightThreadsAtOnce_releasesOnce() throws Exception {
        Pool<Thing> pool = Pools.builder(things).maxSize(2).build();
        for (int round = 1; round <= 100; round++) {
            PooledConnection<Thing> lease = pool.acquire(SOON);
            CyclicBarrier together = new CyclicBarrier(8);
            Threads threads = new Threads(Threads.Kind.PLATFORM);
            threads.start(
                    8,
                    me -> {
                        meet(together);
                        lease.close();
                    });
            threads.join();
            assertThat(recycled).hasValue(round);
            assertThat(pool.inUse()).isZero();
        }
        Audit.closed(pool, things);
    }

    @Test
    void acquire_nestedInAPoolOfOne_timesOutAndSaysWhy() {
        Pool<Thing> pool = Pools.builder(things).name("narrow").maxSize(1).build();
        pool.use(outer -> {
            assertThatThrownBy(() -> pool.acquire(Duration.ofMillis(50)))
                    .isInstanceOfSatisfying(
                            PoolAcquireTimeoutException.class,
                            e -> {
                                assertThat(e.inUse()).isEqualTo(1);
                                assertThat(e.maxSize()).isEqualTo(1);
                                assertThat(e.timeout()).isEqualTo(Duration.ofMillis(50));
                            })
                    .hasMessageContaining("narrow")
                    .hasMessageContaining("in use 1 of 1");
            return outer;
        });
        Audit.atRest(pool);
        Audit.closed(pool, things);
    }

    @Test
    void lease_dropped_isReportedWithItsPlaceAndItsCapacityComesBack() {
        Pool<Thing> pool = Pools.builder(things).maxSize(1).siteSampling(1).monitor(log).build();
        Thing lost = dropALease(pool);
        eventually()
                .untilAsserted(() -> {
                    System.gc();
                    assertThat(log.of(MonitorEvent.LeaseLeaked.class)).hasSize(1);
                });
        MonitorEvent.LeaseLeaked leak = log.of(MonitorEvent.LeaseLeaked.class).getFirst();
        assertThat(leak.source()).isEqualTo(pool.name());
        assertThat(leak.site()).isNotNull();
        assertThat(leak.site().getStackTrace())
                .anySatisfy(frame -> assertThat(frame.getMethodName()).isEqualTo("dropALease"));
        Audit.wholeCapacity(pool);
        assertThat(pool.metrics().counters()).containsEntry("pool.retired.leaked", 1L);
        Audit.closed(pool, things);
        assertThat(lost.destroyed).hasValue(1);
    }

    private static Thing dropALease(Pool<Thing> pool) {
        return pool.acquire(SOON).connection();
    }

    @Test
    void lease_heldForTooLong_isReportedAndLeftToItsHolder() {
        Pool<Thing> pool =
                Pools.builder(things)
                        .maxSize(1)
                        .leakThreshold(Duration.ofMillis(1))
                        .siteSampling(1)
                        .monitor(log)
                        .build();
        PooledConnection<Thing> held = pool.acquire(SOON);
        eventually()
                .untilAsserted(
                        () -> assertThat(log.of(MonitorEvent.LeaseOverdue.class)).hasSize(1));
        MonitorEvent.LeaseOverdue overdue = log.of(MonitorEvent.LeaseOverdue.class).getFirst();
        assertThat(overdue.held()).isPositive();
        assertThat(overdue.holder()).contains(Thread.currentThread().getName());
        assertThat(overdue.holderStack()).isNotEmpty();
        held.connection().touch();
        held.close();
        Audit.atRest(pool);
        Audit.closed(pool, things);
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
