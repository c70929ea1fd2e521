package io.patinox.memory.pool;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.monitor.MonitorEvent;
import io.patinox.memory.pool.Things.Thing;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What the keeper does, driven by a clock that the test moves.
class PoolSweepTest {
    private final Things things = new Things();
    private final EventLog log = new EventLog();
    private final ManualTicker ticker = new ManualTicker();
    private final PoolBuilder<Thing> builder =
            Pool.builder(things).name("swept").maxSize(4).ticker(ticker).monitor(log);

    @Test
    void idle_pastTheTimeout_isRetiredDownToTheMinimum() {
        try (Pool<Thing> pool =
                builder.minSize(1)
                        .idleTimeout(Duration.ofMinutes(1))
                        .maxLifetime(Duration.ZERO)
                        .build()) {
            fill(pool, 3);
            ticker.advance(Duration.ofSeconds(59));
            ticker.advance(Duration.ofSeconds(2));
            await().until(() -> pool.size() == 1);
            assertThat(pool.metrics().counters()).containsEntry("pool.retired.idle", 2L);
            await().until(() -> things.destroyedOnce() == 2);
        }
    }

    @Test
    void lifetime_over_isRetiredIdleAndAtRelease() {
        try (Pool<Thing> pool =
                builder.idleTimeout(Duration.ZERO).maxLifetime(Duration.ofMinutes(10)).build()) {
            fill(pool, 2);
            PooledConnection<Thing> held = pool.acquire();
            ticker.advance(Duration.ofMinutes(10));
            await().until(() -> pool.size() == 1);
            held.close();
            await().until(() -> pool.size() == 0);
            assertThat(pool.metrics().counters()).containsEntry("pool.retired.lifetime", 2L);
        }
    }

    @Test
    void validation_withinTheWindow_isSkipped() {
        try (Pool<Thing> pool = builder.validationBypass(Duration.ofSeconds(5)).build()) {
            fill(pool, 1);
            pool.acquire().close();
            assertThat(things.validations).hasValue(0);
            ticker.advance(Duration.ofSeconds(6));
            await().until(() -> {
                pool.acquire().close();
                return things.validations.get() == 1;
            });
        }
    }

    @Test
    void lease_heldForTooLong_isReportedOnceWithTheHoldersStack() {
        try (Pool<Thing> pool =
                builder.leakThreshold(Duration.ofSeconds(30)).siteSampling(1).build()) {
            PooledConnection<Thing> held = pool.acquire();
            ticker.advance(Duration.ofSeconds(31));
            await().until(() -> !log.all(MonitorEvent.LeaseOverdue.class).isEmpty());
            ticker.advance(Duration.ofSeconds(31));
            ticker.advance(Duration.ofSeconds(31));
            MonitorEvent.LeaseOverdue event = log.all(MonitorEvent.LeaseOverdue.class).getFirst();
            assertThat(event.source()).isEqualTo("swept");
            assertThat(event.held()).isGreaterThanOrEqualTo(Duration.ofSeconds(30));
            assertThat(event.holder()).contains(Thread.currentThread().getName());
            assertThat(event.holderStack()).isNotEmpty();
            assertThat(event.site()).isNotNull();
            held.close();
            assertThat(log.all(MonitorEvent.LeaseOverdue.class)).hasSize(1);
        }
    }

    @Test
    void lease_dropped_isReportedWithItsPlaceAndTheCapacityComesBack() {
        try (Pool<Thing> pool = builder.maxSize(1).siteSampling(1).build()) {
            Thing leaked = leakOnPurpose(pool);
            await().atMost(60, SECONDS)
                    .pollInterval(200, MILLISECONDS)
                    .until(() -> {
                        ticker.advance(Duration.ofSeconds(1));
                        System.gc();
                        return !log.all(MonitorEvent.LeaseLeaked.class).isEmpty();
                    });
            MonitorEvent.LeaseLeaked event = log.all(MonitorEvent.LeaseLeaked.class).getFirst();
            @Nullable Throwable site = event.site();
            assertThat(site).isNotNull();
            assertThat(site.getStackTrace())
                    .anyMatch(frame -> frame.getMethodName().equals("leakOnPurpose"));
            try (PooledConnection<Thing> lease = pool.acquire()) {
                assertThat(lease.connection().number).isEqualTo(2);
            }
            await().until(() -> leaked.destroyed.get() == 1);
            assertThat(pool.metrics().counters()).containsEntry("pool.retired.leaked", 1L);
        }
    }

    @Test
    void lease_droppedAndThePoolClosed_isDestroyedAllTheSame() {
        Pool<Thing> pool = builder.maxSize(1).build();
        Thing leaked = leakOnPurpose(pool);
        assertThat(pool.close(Duration.ofMillis(1)).complete()).isFalse();
        await().atMost(60, SECONDS)
                .pollInterval(200, MILLISECONDS)
                .until(() -> {
                    ticker.advance(Duration.ofSeconds(1));
                    System.gc();
                    return leaked.destroyed.get() == 1;
                });
        assertThat(pool.size()).isZero();
    }

    @Test
    void lease_heldThroughManySweeps_isNotTakenForLeaked() {
        try (Pool<Thing> pool = builder.maxSize(1).build()) {
            PooledConnection<Thing> held = pool.acquire();
            for (int i = 0; i < 5; i++) {
                ticker.advance(Duration.ofSeconds(1));
                System.gc();
                await().pollDelay(150, MILLISECONDS).until(() -> true);
            }
            assertThat(log.all(MonitorEvent.LeaseLeaked.class)).isEmpty();
            assertThat(held.isReleased()).isFalse();
            held.close();
            assertThat(pool.idle()).isEqualTo(1);
        }
    }

    @Test
    void acquire_clockMovedPastTheDeadline_timesOut() {
        try (Pool<Thing> pool = builder.maxSize(1).build();
                PooledConnection<Thing> held = pool.acquire()) {
            assertThat(held.isReleased()).isFalse();
            var waiting = pool.acquireAsync(Duration.ofHours(1));
            assertThat(waiting).isNotDone();
            ticker.advance(Duration.ofMinutes(61));
            await().until(waiting::isCompletedExceptionally);
        }
    }

    private static Thing leakOnPurpose(Pool<Thing> pool) {
        return pool.acquire().connection();
    }

    private static void fill(Pool<Thing> pool, int count) {
        if (count > 0) {
            try (PooledConnection<Thing> lease = pool.acquire()) {
                assertThat(lease.isReleased()).isFalse();
                fill(pool, count - 1);
            }
        }
    }
}
