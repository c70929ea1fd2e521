package io.patinox.memory.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.error.PoolAcquireTimeoutException;
import io.patinox.memory.monitor.MonitorEvent;
import io.patinox.memory.pool.Things.Thing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What can be changed about a pool while it runs.
class PoolResizeTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Things things = new Things();
    private final ManualTicker ticker = new ManualTicker();
    private final EventLog log = new EventLog();
    private final PoolBuilder<Thing> builder =
            Pool.builder(things)
                    .name("resized")
                    .maxSize(4)
                    .monitor(log)
                    .idleTimeout(Duration.ZERO)
                    .keepaliveInterval(Duration.ZERO)
                    .maxLifetime(Duration.ZERO);

    @ParameterizedTest
    @EnumSource(
            value = Striping.class,
            names = {"PACKED", "STRIPED"})
    void resize_up_servesThoseWhoWait(Striping striping) throws Exception {
        try (Pool<Thing> pool = builder.striping(striping).maxSize(1).build()) {
            List<PooledConnection<Thing>> held = hold(pool, 1);
            List<CompletableFuture<PooledConnection<Thing>>> waiting = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                waiting.add(pool.acquireAsync(SOON));
            }
            pool.resize(51);
            for (var asked : waiting) {
                held.add(asked.get(20, TimeUnit.SECONDS));
            }
            assertThat(pool.size()).isEqualTo(51);
            assertThat(pool.maxSize()).isEqualTo(51);
            held.forEach(PooledConnection::close);
        }
    }

    @Test
    void resize_downWhileIdle_retiresTheSurplusAtOnce() {
        try (Pool<Thing> pool = builder.build()) {
            hold(pool, 4).forEach(PooledConnection::close);
            pool.resize(1);
            assertThat(pool.size()).isEqualTo(1);
            assertThat(pool.idle()).isEqualTo(1);
            assertThat(pool.metrics().counters()).containsEntry("pool.retired.resized", 3L);
            await().until(() -> things.destroyedOnce() == 3);
        }
    }

    @Test
    void resize_downWhileInUse_retiresWhatComesBackAndNoMore() {
        try (Pool<Thing> pool = builder.build()) {
            List<PooledConnection<Thing>> held = hold(pool, 4);
            pool.resize(2);
            assertThat(pool.size()).isEqualTo(4);
            held.get(3).close();
            assertThat(pool.size()).isEqualTo(3);
            held.get(0).close();
            assertThat(pool.size()).isEqualTo(2);
            held.get(1).close();
            held.get(2).close();
            assertThat(pool.size()).isEqualTo(2);
            assertThat(pool.idle()).isEqualTo(2);
            assertThat(pool.metrics().counters()).containsEntry("pool.retired.resized", 2L);
        }
    }

    @Test
    void resize_toOneWhileSaturated_servesEveryWaiter() throws Exception {
        try (Pool<Thing> pool = builder.build()) {
            List<PooledConnection<Thing>> held = hold(pool, 4);
            List<CompletableFuture<Thing>> served = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                served.add(pool.acquireAsync(SOON).thenApply(PoolResizeTest::useAndClose));
            }
            pool.resize(1);
            held.forEach(PooledConnection::close);
            for (var each : served) {
                assertThat(each.get(20, TimeUnit.SECONDS)).isNotNull();
            }
            await().until(() -> pool.size() == 1 && pool.idle() == 1);
            assertThat(pool.metrics().counters()).containsEntry("pool.retired.resized", 3L);
        }
    }

    @Test
    void resize_downWhileCreating_retiresWhatArrives() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        things.onCreate =
                thing -> {
                    if (thing.number > 1) {
                        go.await();
                    }
                    return thing;
                };
        try (Pool<Thing> pool = builder.createConcurrency(4).build()) {
            List<PooledConnection<Thing>> held = hold(pool, 1);
            var asked = pool.acquireAsync(SOON);
            await().until(() -> pool.creating() == 1);
            pool.resize(1);
            go.countDown();
            await().until(() -> things.destroyedOnce() == 1);
            assertThat(asked).isNotDone();
            held.getFirst().close();
            asked.get(20, TimeUnit.SECONDS).close();
            assertThat(things.creations).hasValue(2);
        }
    }

    @Test
    void resize_minimumRaised_fillsInTheBackground() {
        try (Pool<Thing> pool = builder.build()) {
            pool.resize(6, 8);
            await().until(() -> pool.size() == 6);
            pool.resize(0, 1);
            assertThat(pool.size()).isEqualTo(1);
            assertThatThrownBy(() -> pool.resize(2, 1))
                    .isInstanceOfSatisfying(
                            InvalidOptionException.class,
                            e -> assertThat(e.option()).isEqualTo("minSize"));
            assertThat(pool.tuning().minSize()).isZero();
        }
    }

    @Test
    void resize_belowTheMinimum_isRefusedAndChangesNothing() {
        try (Pool<Thing> pool = builder.minSize(2).build()) {
            assertThatThrownBy(() -> pool.resize(1)).isInstanceOf(InvalidOptionException.class);
            assertThatThrownBy(() -> pool.resize(0)).isInstanceOf(InvalidOptionException.class);
            assertThatThrownBy(() -> pool.reconfigure(null))
                    .isInstanceOf(InvalidOptionException.class);
            assertThat(pool.maxSize()).isEqualTo(4);
        }
    }

    @Test
    void resize_closedPool_doesNothing() {
        Pool<Thing> pool = builder.build();
        hold(pool, 4).forEach(PooledConnection::close);
        pool.close();
        pool.resize(1);
        pool.resize(10, 10);
        assertThat(pool.size()).isZero();
        assertThat(things.creations).hasValue(4);
    }

    @Test
    void reconfigure_acquireTimeout_holdsForTheNextAcquire() {
        try (Pool<Thing> pool = builder.maxSize(1).build();
                PooledConnection<Thing> held = pool.acquire()) {
            assertThat(held.isReleased()).isFalse();
            pool.reconfigure(pool.tuning().withAcquireTimeout(Duration.ofMillis(1)));
            assertThatThrownBy(pool::acquire).isInstanceOf(PoolAcquireTimeoutException.class);
            assertThat(pool.acquireAsync())
                    .failsWithin(SOON)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(PoolAcquireTimeoutException.class);
        }
    }

    @Test
    void reconfigure_bypassAndValidationTimeout_holdForTheNextValidation() {
        try (Pool<Thing> pool =
                builder.validationBypass(Duration.ofDays(1))
                        .validationTimeout(Duration.ofDays(1))
                        .build()) {
            pool.acquire().close();
            pool.acquire().close();
            assertThat(things.validations).hasValue(0);
            CountDownLatch never = new CountDownLatch(1);
            things.onValidate =
                    thing -> {
                        if (thing.number == 1) {
                            never.await();
                        }
                        return true;
                    };
            pool.reconfigure(
                    pool.tuning()
                            .withValidationBypass(Duration.ZERO)
                            .withValidationTimeout(Duration.ofMillis(5)));
            try (PooledConnection<Thing> lease = pool.acquire(SOON)) {
                assertThat(lease.connection().number).isEqualTo(2);
            }
            assertThat(things.validations).hasValue(2);
        }
    }

    @Test
    void reconfigure_createTimeout_holdsForTheNextAttempt() {
        CountDownLatch never = new CountDownLatch(1);
        things.onCreate =
                thing -> {
                    never.await();
                    return thing;
                };
        try (Pool<Thing> pool = builder.createTimeout(Duration.ofDays(1)).build()) {
            pool.reconfigure(pool.tuning().withCreateTimeout(Duration.ofMillis(5)));
            var asked = pool.acquireAsync(SOON);
            await().until(() -> !log.all(MonitorEvent.CreateFailed.class).isEmpty());
            assertThat(log.all(MonitorEvent.CreateFailed.class).getFirst().failure())
                    .hasMessageContaining("5 ms");
            asked.cancel(true);
        }
    }

    @Test
    void reconfigure_timesOfIdleObjectsAndLeases_holdForWhatIsThere() {
        try (Pool<Thing> pool = builder.ticker(ticker).build()) {
            hold(pool, 4).forEach(PooledConnection::close);
            PooledConnection<Thing> held = pool.acquire();
            ticker.advance(Duration.ofMinutes(5));
            pool.reconfigure(
                    pool.tuning()
                            .withIdleTimeout(Duration.ofMinutes(1))
                            .withLeakThreshold(Duration.ofMinutes(1)));
            // the keeper looks when time passes, and may have looked before the change
            await().until(() -> {
                ticker.advance(Duration.ofMillis(500));
                return pool.size() == 1 && log.all(MonitorEvent.LeaseOverdue.class).size() == 1;
            });
            pool.reconfigure(
                    pool.tuning().withMaxLifetime(Duration.ofMinutes(1)).withLifetimeJitter(0));
            held.close();
            await().until(() -> pool.size() == 0);
            assertThat(pool.metrics().counters()).containsEntry("pool.retired.lifetime", 1L);
        }
    }

    @Test
    void reconfigure_lifetimeTakenBack_sparesWhatIsThere() {
        try (Pool<Thing> pool =
                builder.ticker(ticker).maxLifetime(Duration.ofMinutes(10)).build()) {
            hold(pool, 2).forEach(PooledConnection::close);
            pool.reconfigure(pool.tuning().withMaxLifetime(Duration.ZERO));
            ticker.advance(Duration.ofDays(10));
            await().pollDelay(Duration.ofMillis(250)).until(() -> pool.size() == 2);
        }
    }

    @Test
    void reconfigure_useLimit_countsFromTheNextLease() {
        try (Pool<Thing> pool = builder.siteSampling(0).build()) {
            pool.acquire().close();
            pool.acquire().close();
            pool.reconfigure(pool.tuning().withMaxUses(3));
            pool.acquire().close();
            await().until(() -> pool.size() == 0);
            assertThat(pool.metrics().counters()).containsEntry("pool.retired.uses", 1L);
        }
    }

    private static Thing useAndClose(PooledConnection<Thing> lease) {
        try (lease) {
            return lease.connection();
        }
    }

    private static List<PooledConnection<Thing>> hold(Pool<Thing> pool, int count) {
        List<PooledConnection<Thing>> held = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            held.add(pool.acquire(SOON));
        }
        return held;
    }
}
