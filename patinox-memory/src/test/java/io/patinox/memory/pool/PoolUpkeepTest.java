package io.patinox.memory.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.monitor.MonitorEvent;
import io.patinox.memory.monitor.Ticker;
import io.patinox.memory.pool.Things.Thing;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Use limits, keepalive, validation on return, the working set, and retirement in portions.
class PoolUpkeepTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Things things = new Things();
    private final EventLog log = new EventLog();
    private final ManualTicker ticker = new ManualTicker();
    private final PoolBuilder<Thing> builder =
            Pool.builder(things)
                    .name("kept")
                    .maxSize(4)
                    .ticker(ticker)
                    .monitor(log)
                    .idleTimeout(Duration.ZERO)
                    .keepaliveInterval(Duration.ZERO)
                    .maxLifetime(Duration.ZERO);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 128})
    void maxUses_reached_retiresAtTheLastReturn(int siteSampling) {
        try (Pool<Thing> pool = builder.maxUses(3).siteSampling(siteSampling).build()) {
            for (int i = 0; i < 9; i++) {
                try (PooledConnection<Thing> lease = pool.acquire(SOON)) {
                    assertThat(lease.connection().number).isEqualTo(i / 3 + 1);
                }
            }
            // whoever has the engine's lock may be the one who retires it
            await().until(() -> pool.size() == 0);
            assertThat(pool.metrics().counters()).containsEntry("pool.retired.uses", 3L);
            assertThat(pool.metrics().counters()).containsEntry("pool.acquired", 9L);
        }
    }

    @Test
    void keepalive_objectsIdle_areValidatedInTheBackgroundAndStayIdle() {
        try (Pool<Thing> pool =
                builder.keepaliveInterval(MINUTE).idleTimeout(MINUTE.multipliedBy(3)).build()) {
            hold(pool, 3).forEach(PooledConnection::close);
            for (int turn = 1; turn <= 2; turn++) {
                int expected = 3 * turn;
                ticker.advance(MINUTE);
                await().until(() -> {
                    ticker.advance(Duration.ofMillis(500));
                    return things.validations.get() == expected && pool.idle() == 3;
                });
            }
            assertThat(pool.metrics().counters()).containsEntry("pool.keepalives", 6L);
            ticker.advance(MINUTE);
            await().until(() -> pool.size() == 0);
        }
    }

    @Test
    void keepalive_turns_areSpreadAndFewAtATime() {
        CountDownLatch go = new CountDownLatch(1);
        things.onValidate =
                thing -> {
                    go.await();
                    return true;
                };
        try (Pool<Thing> pool =
                builder.maxSize(40)
                        .keepaliveInterval(Duration.ofMinutes(100))
                        .validationTimeout(Duration.ofDays(1))
                        .build()) {
            hold(pool, 40).forEach(PooledConnection::close);
            ticker.advance(Duration.ofMinutes(74));
            await().pollDelay(Duration.ofMillis(250)).until(() -> things.validations.get() == 0);
            ticker.advance(Duration.ofMinutes(26));
            await().until(() -> things.validations.get() == 4);
            ticker.advance(Duration.ofSeconds(1));
            await().pollDelay(Duration.ofMillis(250)).until(() -> pool.idle() == 36);
            assertThat(things.validations).hasValue(4);
            go.countDown();
            await().until(() -> {
                ticker.advance(Duration.ofSeconds(1));
                return things.validations.get() == 40;
            });
        }
    }

    @Test
    void keepalive_oneIsUnfit_isRetiredAloneAndReplaced() {
        things.onValidate = thing -> thing.number != 2;
        try (Pool<Thing> pool = builder.minSize(3).keepaliveInterval(MINUTE).build()) {
            await().until(() -> pool.idle() == 3);
            ticker.advance(MINUTE);
            await().until(() -> {
                // Never more than half of them are out, so it may take a few sweeps.
                ticker.advance(Duration.ofMillis(500));
                return things.creations.get() == 4 && pool.idle() == 3;
            });
            assertThat(pool.metrics().counters()).containsEntry("pool.retired.invalid", 1L);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keepalive_throws_retiresTheObject(boolean error) {
        things.onValidate =
                thing -> {
                    if (error) {
                        throw new AssertionError("broken");
                    }
                    throw new IOException("gone");
                };
        try (Pool<Thing> pool = builder.maxSize(1).keepaliveInterval(MINUTE).build()) {
            pool.acquire().close();
            ticker.advance(MINUTE);
            await().until(() -> pool.size() == 0);
            await().until(() -> things.destroyedOnce() == 1);
            await().until(() -> log.all(MonitorEvent.CallbackFailed.class).size() == 1);
            things.onValidate = thing -> true;
            pool.acquire(SOON).close();
        }
    }

    @Test
    void keepalive_twoInARowUnfit_theRestIsExaminedAtOnce() {
        try (Pool<Thing> pool = builder.maxSize(8).keepaliveInterval(MINUTE).build()) {
            hold(pool, 8).forEach(PooledConnection::close);
            // Whoever borrows finds three dead ones and a good one; nobody would look at the rest.
            things.onValidate = thing -> thing.number == 4;
            long begun = ticker.nanos();
            ticker.advance(Duration.ofSeconds(10));
            await().until(() -> {
                pool.acquire(SOON).close();
                return things.validations.get() == 4;
            });
            await().until(() -> {
                ticker.advance(Duration.ofMillis(500));
                return things.destroyedOnce() == 7;
            });
            assertThat(ticker.nanos() - begun).isLessThan(MINUTE.toNanos() / 2);
            assertThat(pool.size()).isEqualTo(1);
            assertThat(things.creations).hasValue(8);
        }
    }

    @Test
    void validateOnReturn_unfit_isRetiredAndFitIsLentAgain() {
        things.onValidate = thing -> thing.number > 1;
        try (Pool<Thing> pool = builder.validateOnReturn(true).build()) {
            pool.acquire().close();
            await().until(() -> pool.size() == 0);
            pool.acquire(SOON).close();
            await().until(() -> pool.idle() == 1);
            pool.reconfigure(pool.tuning().withValidateOnReturn(false));
            pool.acquire(SOON).close();
            assertThat(things.validations).hasValue(2);
            assertThat(things.creations).hasValue(2);
        }
    }

    @Test
    void validateOnReturn_hangs_holdsUpNeitherCloseNorOthers() {
        CountDownLatch never = new CountDownLatch(1);
        things.onValidate =
                thing -> {
                    never.await();
                    return true;
                };
        try (Pool<Thing> pool =
                builder.ticker(Ticker.system())
                        .maxSize(1)
                        .validateOnReturn(true)
                        .validationTimeout(Duration.ofMillis(5))
                        .build()) {
            pool.acquire().close();
            try (PooledConnection<Thing> lease = pool.acquire(SOON)) {
                assertThat(lease.connection().number).isEqualTo(2);
            }
        }
        assertThat(things.destroyedOnce()).isEqualTo(2);
    }

    @Test
    void idle_workingSet_isKeptForOneIdleTimeout() {
        try (Pool<Thing> pool = builder.maxSize(8).idleTimeout(MINUTE.multipliedBy(10)).build()) {
            hold(pool, 8).forEach(PooledConnection::close);
            ticker.advance(MINUTE.multipliedBy(5));
            // Three busy objects, seen by a sweep, then gone for another reason than idleness.
            List<PooledConnection<Thing>> busy = hold(pool, 3);
            await().until(() -> {
                ticker.advance(Duration.ofMillis(500));
                return pool.metrics().gauges().get("pool.working-set") == 3;
            });
            busy.forEach(PooledConnection::expire);
            busy.forEach(PooledConnection::close);
            assertThat(pool.size()).isEqualTo(5);
            ticker.advance(MINUTE.multipliedBy(6));
            await().until(() -> pool.size() == 3);
            await().pollDelay(Duration.ofMillis(250)).until(() -> pool.size() == 3);
            ticker.advance(MINUTE.multipliedBy(5));
            await().until(() -> pool.size() == 0);
        }
    }

    @Test
    void lifetime_aThousandMadeTogether_goInPortions() {
        try (Pool<Thing> pool =
                builder.minSize(1_000)
                        .maxSize(1_000)
                        .createConcurrency(100)
                        .maxLifetime(Duration.ofHours(1))
                        .build()) {
            await().until(() -> pool.idle() == 1_000);
            ticker.advance(Duration.ofMinutes(54).plusSeconds(36));
            // A tenth of the jitter has passed, so about a tenth is due; a sweep takes 16.
            await().until(() -> retired(pool) >= 1);
            assertThat(retired(pool)).isLessThanOrEqualTo(16);
            await().until(() -> {
                ticker.advance(Duration.ofMillis(500));
                return retired(pool) > 50;
            });
            assertThat(retired(pool)).isLessThan(200);
        }
    }

    @Test
    void lifetime_noJitter_isExact() {
        try (Pool<Thing> pool =
                builder.maxSize(2).maxLifetime(Duration.ofHours(1)).lifetimeJitter(0).build()) {
            hold(pool, 2).forEach(PooledConnection::close);
            ticker.advance(Duration.ofMinutes(59));
            await().pollDelay(Duration.ofMillis(250)).until(() -> pool.size() == 2);
            ticker.advance(MINUTE);
            await().until(() -> pool.size() == 0);
        }
    }

    @Test
    void ticker_throws_losesNoObjectAndIsReported() {
        AtomicBoolean broken = new AtomicBoolean();
        Ticker moody =
                () -> {
                    if (broken.get()) {
                        throw new IllegalStateException("no time");
                    }
                    return System.nanoTime();
                };
        try (Pool<Thing> pool = builder.ticker(moody).maxSize(1).build()) {
            PooledConnection<Thing> held = pool.acquire();
            var asked = pool.acquireAsync(SOON);
            broken.set(true);
            held.close();
            asked.join().close();
            pool.acquire(SOON).close();
            await().until(() -> !log.all(MonitorEvent.CallbackFailed.class).isEmpty());
            assertThat(log.all(MonitorEvent.CallbackFailed.class).getFirst().callback())
                    .isEqualTo("ticker");
            broken.set(false);
            assertThat(pool.idle()).isEqualTo(1);
        }
    }

    private static long retired(Pool<Thing> pool) {
        return pool.metrics().counters().get("pool.retired.lifetime");
    }

    private static List<PooledConnection<Thing>> hold(Pool<Thing> pool, int count) {
        List<PooledConnection<Thing>> held = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            held.add(pool.acquire(SOON));
        }
        return held;
    }
}
