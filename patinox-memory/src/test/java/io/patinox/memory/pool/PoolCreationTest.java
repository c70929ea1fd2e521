package io.patinox.memory.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.error.PoolClosedException;
import io.patinox.memory.error.PoolCreateException;
import io.patinox.memory.error.PoolCreateTimeoutException;
import io.patinox.memory.error.PoolInterruptedException;
import io.patinox.memory.error.PoolUnavailableException;
import io.patinox.memory.error.RecoveryStrategy;
import io.patinox.memory.monitor.Health;
import io.patinox.memory.monitor.MonitorEvent;
import io.patinox.memory.pool.Things.Thing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PoolCreationTest {
    private static final Duration SHORT = Duration.ofMillis(50);

    private final Things things = new Things();
    private final EventLog log = new EventLog();
    private final CountDownLatch never = new CountDownLatch(1);
    private final IllegalStateException down = new IllegalStateException("down");

    private final PoolBuilder<Thing> builder =
            Pool.builder(things)
                    .name("creating")
                    .maxSize(4)
                    .createBackoff(Duration.ofMillis(1), Duration.ofMillis(2))
                    .monitor(log);

    @AfterEach
    void letGo() {
        never.countDown();
    }

    private void goDown() {
        things.onCreate =
                thing -> {
                    throw down;
                };
    }

    private void comeBack() {
        things.onCreate = thing -> thing;
    }

    @Test
    void initialSize_noTimeToStart_isFilledInTheBackground() {
        try (Pool<Thing> pool = builder.initialSize(3).build()) {
            await().until(() -> pool.idle() == 3);
            assertThat(pool.health().status()).isEqualTo(Health.Status.UP);
        }
        assertThat(things.destroyedOnce()).isEqualTo(3);
    }

    @Test
    void initialSize_backEndDownAtFirst_isFilledWhenItComes() {
        goDown();
        try (Pool<Thing> pool = builder.initialSize(2).build()) {
            await().until(() -> things.creations.get() > 3);
            comeBack();
            await().until(() -> pool.idle() == 2);
        }
    }

    @Test
    void startTimeout_objectsCome_buildReturnsWithThem() {
        try (Pool<Thing> pool =
                builder.initialSize(3).startTimeout(Duration.ofSeconds(20)).build()) {
            assertThat(pool.idle()).isEqualTo(3);
        }
        try (Pool<Thing> pool =
                builder.initialSize(0).startTimeout(Duration.ofSeconds(20)).build()) {
            assertThat(pool.idle()).isEqualTo(1);
        }
    }

    @Test
    void startTimeout_oneFailure_isTriedAgain() {
        AtomicInteger attempt = new AtomicInteger();
        things.onCreate =
                thing -> {
                    if (attempt.incrementAndGet() == 1) {
                        throw down;
                    }
                    return thing;
                };
        try (Pool<Thing> pool = builder.startTimeout(Duration.ofSeconds(20)).build()) {
            assertThat(pool.idle()).isEqualTo(1);
        }
    }

    @Test
    void startTimeout_backEndDown_throwsTheCauseAndClosesWhatItMade() {
        things.onCreate =
                thing -> {
                    if (thing.number > 1) {
                        throw down;
                    }
                    return thing;
                };
        assertThatThrownBy(() -> builder.initialSize(2).startTimeout(SHORT).build())
                .isInstanceOf(PoolCreateException.class)
                .hasMessageStartingWith("POOL-CREATE-FAILED")
                .hasCause(down);
        assertThat(things.destroyedOnce()).isEqualTo(1);
        await().until(() -> log.sources.isEmpty());
    }

    @Test
    void startTimeout_creationHangs_throwsATimeout() {
        things.onCreate =
                thing -> {
                    never.await();
                    return thing;
                };
        assertThatThrownBy(() -> builder.startTimeout(SHORT).build())
                .isInstanceOf(PoolCreateException.class)
                .hasCauseInstanceOf(PoolCreateTimeoutException.class);
        await().until(() -> things.destroyedOnce() == things.created.size());
    }

    @Test
    void startTimeout_interrupted_closesAndKeepsTheFlag() {
        goDown();
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> builder.startTimeout(Duration.ofSeconds(20)).build())
                    .isInstanceOf(PoolInterruptedException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void warmUp_count_endsWhenSoManyExist() {
        try (Pool<Thing> pool = builder.build();
                PooledConnection<Thing> lease = pool.acquire()) {
            assertThat(lease.isReleased()).isFalse();
            pool.warmUp(3).join();
            assertThat(pool.size()).isGreaterThanOrEqualTo(3);
            assertThat(pool.inUse()).isEqualTo(1);
            pool.warmUp(2).join();
            pool.warmUp(0).join();
            assertThat(things.creations).hasValue(3);
        }
    }

    @Test
    void warmUp_outOfRange_isRefused() {
        try (Pool<Thing> pool = builder.build()) {
            assertThatThrownBy(() -> pool.warmUp(5)).isInstanceOf(InvalidOptionException.class);
            assertThatThrownBy(() -> pool.warmUp(-1)).isInstanceOf(InvalidOptionException.class);
        }
    }

    @Test
    void warmUp_attemptFails_endsWithTheCause() {
        goDown();
        try (Pool<Thing> pool = builder.build()) {
            assertThatThrownBy(() -> pool.warmUp(2).get())
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(PoolCreateException.class)
                    .hasCause(down);
            comeBack();
            await().until(() -> pool.health().status() == Health.Status.UP);
            assertThat(pool.warmUp(4)).succeedsWithin(Duration.ofSeconds(20));
        }
    }

    @Test
    void warmUp_poolCloses_endsClosed() {
        things.onCreate =
                thing -> {
                    never.await();
                    return thing;
                };
        Pool<Thing> pool = builder.build();
        CompletableFuture<?> wish = pool.warmUp(2);
        CompletableFuture<?> cancelled = pool.warmUp(4);
        assertThat(cancelled.cancel(true)).isTrue();
        await().until(() -> pool.creating() == 2);
        pool.close(SHORT);
        assertThatThrownBy(wish::get).hasCauseInstanceOf(PoolClosedException.class);
        assertThatThrownBy(() -> pool.warmUp(1).get())
                .hasCauseInstanceOf(PoolClosedException.class);
        never.countDown();
        await().until(() -> things.destroyedOnce() == things.created.size());
    }

    @Test
    void warmUp_cancelled_isNotPursued() {
        CountDownLatch go = new CountDownLatch(1);
        things.onCreate =
                thing -> {
                    go.await();
                    return thing;
                };
        try (Pool<Thing> pool = builder.createConcurrency(1).build()) {
            CompletableFuture<?> wish = pool.warmUp(4);
            await().until(() -> pool.creating() == 1);
            wish.cancel(true);
            go.countDown();
            await().until(() -> pool.idle() == 1);
            assertThat(things.creations).hasValue(1);
        }
    }

    @Test
    void failFast_backEndDown_failsWhoWaitsAndWhoComes() {
        goDown();
        try (Pool<Thing> pool = builder.failFastAfter(3).build()) {
            CompletableFuture<PooledConnection<Thing>> async = pool.acquireAsync();
            assertThatThrownBy(pool::acquire)
                    .isInstanceOfSatisfying(
                            PoolUnavailableException.class,
                            e -> {
                                assertThat(e.attempts()).isGreaterThanOrEqualTo(3);
                                assertThat(e).hasCause(down);
                                assertThat(e.strategy())
                                        .isInstanceOf(RecoveryStrategy.CircuitBreak.class);
                                assertThat(e.getStackTrace()).isNotEmpty();
                            });
            assertThatThrownBy(async::get).hasCauseInstanceOf(PoolUnavailableException.class);
            assertThatThrownBy(() -> pool.acquireAsync().get())
                    .hasCauseInstanceOf(PoolUnavailableException.class);
            assertThatThrownBy(() -> pool.acquire(Duration.ZERO))
                    .isInstanceOf(PoolUnavailableException.class);
            assertThat(pool.tryAcquire()).isEmpty();
            assertThat(pool.health().toString())
                    .contains("DOWN", "POOL-UNAVAILABLE", "acquires fail at once");
            assertThat(pool.metrics().counters().get("pool.unavailable")).isGreaterThanOrEqualTo(4);
            comeBack();
            await().until(() -> pool.health().status() == Health.Status.UP);
            pool.acquire().close();
            await().until(() -> log.all(MonitorEvent.PoolRecovered.class).size() == 1);
            assertThat(log.all(MonitorEvent.PoolUnavailable.class))
                    .singleElement()
                    .satisfies(e -> {
                        assertThat(e.refused()).isTrue();
                        assertThat(e.failure()).isSameAs(down);
                    });
        }
    }

    @Test
    void failFast_anErrorOfTheManager_isTheCauseAndMeansFail() {
        things.onCreate =
                thing -> {
                    throw new NoClassDefFoundError("driver");
                };
        try (Pool<Thing> pool = builder.failFastAfter(1).build()) {
            assertThatThrownBy(pool::acquire)
                    .isInstanceOfSatisfying(
                            PoolUnavailableException.class,
                            e -> assertThat(e.strategy()).isInstanceOf(RecoveryStrategy.Fail.class))
                    .hasCauseInstanceOf(NoClassDefFoundError.class);
        }
    }

    @Test
    void failFast_somethingLives_nobodyIsRefused() {
        try (Pool<Thing> pool = builder.failFastAfter(1).build()) {
            PooledConnection<Thing> lease = pool.acquire();
            goDown();
            CompletableFuture<PooledConnection<Thing>> waiting = pool.acquireAsync();
            await().until(() -> pool.metrics().counters().get("pool.create.failed") >= 3);
            assertThat(pool.health().status()).isEqualTo(Health.Status.DEGRADED);
            assertThat(waiting).isNotDone();
            lease.close();
            waiting.join().close();
            assertThat(log.all(MonitorEvent.PoolUnavailable.class)).isEmpty();
        }
    }

    @Test
    void failFast_theLastObjectGoes_theOutageBegins() {
        try (Pool<Thing> pool = builder.failFastAfter(1).build()) {
            PooledConnection<Thing> lease = pool.acquire();
            goDown();
            CompletableFuture<PooledConnection<Thing>> waiting = pool.acquireAsync();
            await().until(() -> pool.metrics().counters().get("pool.create.failed") >= 1);
            assertThat(waiting).isNotDone();
            lease.expire();
            lease.close();
            assertThatThrownBy(waiting::get).hasCauseInstanceOf(PoolUnavailableException.class);
        }
    }

    @Test
    void outage_notAskedToFailFast_isToldAndWaitersStay() {
        goDown();
        try (Pool<Thing> pool = builder.build()) {
            CompletableFuture<PooledConnection<Thing>> waiting = pool.acquireAsync();
            await().until(() -> !log.all(MonitorEvent.PoolUnavailable.class).isEmpty());
            assertThat(log.all(MonitorEvent.PoolUnavailable.class).getFirst().refused()).isFalse();
            assertThat(pool.health().toString()).contains("acquires wait");
            assertThat(waiting).isNotDone();
            comeBack();
            waiting.join().close();
            await().until(() -> log.all(MonitorEvent.PoolRecovered.class).size() == 1);
        }
    }

    @Test
    void outage_manyWait_oneAttemptAtATime() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicReference<CountDownLatch> gate = new AtomicReference<>(new CountDownLatch(0));
        things.onCreate =
                thing -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    try {
                        gate.get().await();
                    } finally {
                        running.decrementAndGet();
                    }
                    throw down;
                };
        try (Pool<Thing> pool = builder.createConcurrency(4).build()) {
            List<CompletableFuture<?>> waiting = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                waiting.add(pool.acquireAsync());
            }
            await().until(() -> !log.all(MonitorEvent.PoolUnavailable.class).isEmpty());
            await().until(() -> running.get() == 0);
            most.set(0);
            int begun = things.creations.get();
            await().until(() -> things.creations.get() > begun + 5);
            assertThat(most).hasValue(1);
            waiting.forEach(future -> future.cancel(true));
        }
    }

    @Test
    void create_hangsAndHeedsNothing_fewStraysPileUp() {
        AtomicReference<Boolean> hang = new AtomicReference<>(true);
        things.onCreate =
                thing -> {
                    while (hang.get() && never.getCount() > 0) {
                        try {
                            never.await();
                        } catch (InterruptedException e) {
                            // not heeded
                        }
                    }
                    return thing;
                };
        try (Pool<Thing> pool =
                builder.createTimeout(Duration.ofMillis(2)).failFastAfter(1).build()) {
            assertThatThrownBy(pool::acquire).isInstanceOf(PoolUnavailableException.class);
            await().until(() -> pool.health().toString().contains("POOL-CREATE-TIMEOUT"));
            await().until(() ->
                    log.all(MonitorEvent.CallbackFailed.class).stream()
                            .anyMatch(e -> e.failure().getMessage().contains("still run")));
            assertThat(pool.metrics().gauges().get("pool.stray-creations")).isBetween(8L, 20L);
            assertThat(pool.metrics().counters().get("pool.create.timed-out"))
                    .isGreaterThanOrEqualTo(8);
            assertThat(pool.creating()).isLessThanOrEqualTo(1);
            hang.set(false);
            never.countDown();
            await().until(() -> pool.health().status() == Health.Status.UP);
            pool.acquire().close();
            await().until(() -> pool.metrics().gauges().get("pool.stray-creations") == 0);
        }
        await().until(() -> things.destroyedOnce() == things.created.size());
    }

    @Test
    void metrics_anyUse_countWaitsAndReasons() {
        try (Pool<Thing> pool = builder.maxSize(1).validationBypass(Duration.ZERO).build()) {
            PooledConnection<Thing> lease = pool.acquire();
            CompletableFuture<PooledConnection<Thing>> next = pool.acquireAsync();
            lease.close();
            next.join().close();
            assertThat(pool.metrics().counters().get("pool.acquired.waited")).isEqualTo(2);
            things.onValidate = thing -> false;
            tryUntil(pool, "pool.validate.refused");
            things.onValidate =
                    thing -> {
                        throw down;
                    };
            pool.warmUp(1).join();
            tryUntil(pool, "pool.validate.threw");
            assertThat(pool.metrics().counters())
                    .containsEntry("pool.validate.refused", 1L)
                    .containsEntry("pool.validate.threw", 1L)
                    .containsEntry("pool.validate.timed-out", 0L);
        }
    }

    // what was just put back may be on its way to its slot, and not found by the first try
    private static void tryUntil(Pool<Thing> pool, String counted) {
        await().until(() -> {
            assertThat(pool.tryAcquire()).isEmpty();
            return pool.metrics().counters().get(counted) == 1;
        });
    }

    @Test
    void builder_creationOptions_areChecked() {
        assertThatThrownBy(() -> builder.initialSize(5).build())
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("initialSize")
                .hasMessageContaining("maxSize");
        builder.initialSize(0);
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> builder.createBackoff(second, SHORT).build())
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("createBackoff");
        assertThatThrownBy(() -> builder.createBackoff(Duration.ZERO, SHORT).build())
                .isInstanceOf(InvalidOptionException.class);
        builder.createBackoff(SHORT, SHORT);
        assertThatThrownBy(() -> builder.failFastAfter(-1).build())
                .isInstanceOf(InvalidOptionException.class);
        builder.failFastAfter(0);
        assertThatThrownBy(() -> builder.startTimeout(Duration.ofNanos(1)).build())
                .isInstanceOf(InvalidOptionException.class);
    }
}
