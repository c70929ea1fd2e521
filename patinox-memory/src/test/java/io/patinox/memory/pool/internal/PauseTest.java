package io.patinox.memory.pool.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.error.PoolAcquireTimeoutException;
import io.patinox.memory.monitor.Ticker;
import io.patinox.memory.pool.ManualTicker;
import io.patinox.memory.pool.Pool;
import io.patinox.memory.pool.PoolBuilder;
import io.patinox.memory.pool.PooledConnection;
import io.patinox.memory.pool.Things;
import io.patinox.memory.pool.Things.Thing;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A clock that jumps, and a process that was paused.
class PauseTest {
    private static final Duration DAY = Duration.ofDays(1);

    private final ManualTicker ticker = new ManualTicker();
    private final Things things = new Things();

    private PoolBuilder<Thing> builder() {
        return Pool.builder(things).name("paused").maxSize(40).ticker(ticker);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void pause_allCameDueInIt_fewAreRetiredAtOnce(boolean byAge) {
        PoolBuilder<Thing> builder = builder().initialSize(40);
        if (byAge) {
            builder.idleTimeout(Duration.ZERO).maxLifetime(Duration.ofMinutes(30));
        } else {
            builder.idleTimeout(Duration.ofMinutes(10)).maxLifetime(Duration.ZERO);
        }
        try (Pool<Thing> pool = builder.build()) {
            await().until(() -> pool.idle() == 40);
            Keeper keeper = ((ObjectPool<Thing>) pool).keeper();
            keeper.ensureStarted();
            ticker.advance(DAY);
            String counter = "pool.retired." + (byAge ? "lifetime" : "idle");
            await().until(() -> pool.metrics().counters().get(counter) == 8);
            keeperRounds(20);
            assertThat(pool.metrics().counters()).containsEntry(counter, 8L);
            // The others go one after the other.
            for (int step = 0; step < 100 && pool.size() > 0; step++) {
                ticker.advance(Duration.ofMillis(900));
                keeperRounds(2);
            }
            assertThat(pool.metrics().counters().get(counter)).isBetween(9L, 40L);
        }
        assertThat(things.destroyedOnce()).isEqualTo(things.created.size());
    }

    /// Waits until the keeper has read the clock a few times.
    private void keeperRounds(int count) {
        long seen = ticker.reads();
        await().until(() -> ticker.reads() - seen >= count);
    }

    @Test
    void jumpAhead_someWait_theirTimeIsOver() {
        try (Pool<Thing> pool = builder().maxSize(1).build();
                PooledConnection<Thing> lease = pool.acquire()) {
            CompletableFuture<PooledConnection<Thing>> waiting = pool.acquireAsync();
            ticker.advance(DAY);
            assertThatThrownBy(waiting::get).hasCauseInstanceOf(PoolAcquireTimeoutException.class);
            assertThat(lease.isReleased()).isFalse();
        }
    }

    @Test
    void jumpAhead_creationUnderWay_isNotGivenUpByALateRound() {
        CountDownLatch go = new CountDownLatch(1);
        things.onCreate =
                thing -> {
                    go.await();
                    return thing;
                };
        // The pool's own keeper makes rounds, too.
        ObjectPool<Thing> pool =
                (ObjectPool<Thing>) builder().createTimeout(DAY.multipliedBy(9)).build();
        CompletableFuture<PooledConnection<Thing>> waiting = pool.acquireAsync(DAY.multipliedBy(9));
        await().until(() -> pool.creating() == 1);
        WatchedProbe probe = new WatchedProbe(ticker.nanos() + Duration.ofSeconds(10).toNanos());
        Keeper keeper = new Keeper(pool.upkeep(), DAY.toNanos());
        // So it starts no thread: the rounds are those of this test.
        keeper.stop();
        keeper.round();
        keeper.watch(probe);
        ticker.advance(DAY);
        keeper.round();
        assertThat(probe.overdue).isFalse();
        keeper.round();
        assertThat(probe.overdue).isTrue();
        go.countDown();
        waiting.join().close();
        pool.close();
    }

    @Test
    void stepBack_someWait_everythingGoesOn() {
        try (Pool<Thing> pool = builder().maxSize(1).build()) {
            PooledConnection<Thing> lease = pool.acquire();
            ticker.advance(Duration.ofSeconds(1));
            keeperRounds(3);
            CompletableFuture<PooledConnection<Thing>> waiting =
                    pool.acquireAsync(Duration.ofSeconds(5));
            ticker.advance(DAY.negated());
            keeperRounds(3);
            assertThat(waiting).isNotDone();
            // Ticks, so that no round is late.
            for (int i = 0; i < 60; i++) {
                ticker.advance(CoarseTick.ONE);
            }
            assertThatThrownBy(waiting::get).hasCauseInstanceOf(PoolAcquireTimeoutException.class);
            lease.close();
            pool.acquire().close();
            assertThat(pool.metrics().counters()).containsEntry("pool.created", 1L);
        }
    }

    @Test
    void create_failedAndTheTickerStepsBack_isTriedAgainSoon() {
        things.onCreate =
                thing -> {
                    ticker.advance(DAY.negated());
                    if (thing.number < 3) {
                        throw new IllegalStateException("down");
                    }
                    return thing;
                };
        Ticker running = () -> ticker.nanos() + System.nanoTime();
        try (Pool<Thing> pool = Pool.builder(things).maxSize(1).ticker(running).build()) {
            pool.acquire().close();
            assertThat(things.creations).hasValue(3);
        }
    }

    private static final class CoarseTick {
        static final Duration ONE = Duration.ofNanos(CoarseClock.TICK_NANOS);
    }

    private static final class WatchedProbe extends WatchedTask {
        volatile boolean overdue;

        WatchedProbe(long deadline) {
            super(deadline);
        }

        @Override
        void overdue(boolean closing) {
            overdue = true;
        }

        @Override
        void notStarted(Throwable failure) {}

        @Override
        public void run() {}
    }
}
