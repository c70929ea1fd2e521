package io.patinox.memory.pool.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.monitor.Health;
import io.patinox.memory.monitor.Ticker;
import io.patinox.memory.pool.ManualTicker;
import io.patinox.memory.pool.Pool;
import io.patinox.memory.pool.PoolAdvice.Verdict;
import io.patinox.memory.pool.PooledConnection;
import io.patinox.memory.pool.Things;
import io.patinox.memory.pool.Things.Thing;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// Advice and health of a real pool, with a clock that is moved by hand.
class PoolAdviceTest {
    private static final Duration TICK = Duration.ofNanos(CoarseClock.TICK_NANOS);

    private final ManualTicker ticker = new ManualTicker();
    private final Things things = new Things();

    private ObjectPool<Thing> pool(int size) {
        return (ObjectPool<Thing>)
                Pool.builder(things).name("advised").maxSize(size).ticker(ticker).build();
    }

    /// Every lease of the pool is held for one tick, by a crowd of so many that come back at once.
    private void crowd(ObjectPool<Thing> pool, int clients, int ticks) {
        Deque<CompletableFuture<PooledConnection<Thing>>> asked = new ArrayDeque<>();
        for (int i = 0; i < clients; i++) {
            asked.add(pool.acquireAsync(Duration.ofDays(1)));
        }
        for (int tick = 0; tick < ticks; tick++) {
            PooledConnection<Thing> one = asked.remove().join();
            PooledConnection<Thing> two = asked.remove().join();
            ticker.advance(TICK);
            pool.clock().refresh();
            one.close();
            asked.add(pool.acquireAsync(Duration.ofDays(1)));
            two.close();
            asked.add(pool.acquireAsync(Duration.ofDays(1)));
        }
        asked.forEach(future -> future.cancel(true));
        await().until(() -> pool.waiting() == 0);
        asked.forEach(future -> {
            if (!future.isCancelled()) {
                future.join().close();
            }
        });
    }

    @Test
    void advice_saturatedPool_saysBySomeHowMuchItIsTooSmall() {
        try (ObjectPool<Thing> pool = pool(2)) {
            pool.warmUp(2).join();
            crowd(pool, 6, 100);
            assertThat(pool.advice().verdict()).isEqualTo(Verdict.TOO_SMALL);
            assertThat(pool.advice().recommendedSize()).isBetween(5, 7);
            assertThat(pool.advice().load().meanInUse()).isBetween(1.8, 2.0);
            assertThat(pool.advice().load().meanWaiting()).isBetween(3.0, 4.5);
            assertThat(pool.health().status()).isEqualTo(Health.Status.DEGRADED);
            assertThat(pool.health().reasons().getFirst().code()).isEqualTo("POOL-TOO-SMALL");
            assertThat(pool.health().reasons().getFirst().text()).contains("too small");
        }
    }

    @Test
    void health_queueStaysAsItIs_isUpAlthoughTooSmall() {
        try (ObjectPool<Thing> pool = pool(2)) {
            pool.warmUp(2).join();
            crowd(pool, 4, 700);
            pool.advising().tick(pool.clock().coarseNanos());
            crowd(pool, 4, 300);
            assertThat(pool.advice().verdict()).isEqualTo(Verdict.TOO_SMALL);
            assertThat(pool.health().status()).isEqualTo(Health.Status.UP);
        }
    }

    @Test
    void advice_quietMinutes_forgetsWhatWasBefore() {
        try (ObjectPool<Thing> pool = pool(2)) {
            pool.warmUp(2).join();
            crowd(pool, 6, 60);
            assertThat(pool.advice().verdict()).isEqualTo(Verdict.TOO_SMALL);
            for (int minute = 0; minute < 7; minute++) {
                ticker.advance(Duration.ofMinutes(1));
                pool.advising().tick(pool.clock().refresh());
            }
            assertThat(pool.advice().verdict()).isEqualTo(Verdict.TOO_LITTLE_TRAFFIC);
            assertThat(pool.advice().load().window()).isEqualTo(Duration.ofMinutes(4));
        }
    }

    @Test
    void health_keeperHangsInTheTicker_isAnsweredAllTheSame() {
        CountDownLatch go = new CountDownLatch(1);
        AtomicBoolean hangs = new AtomicBoolean();
        CountDownLatch caught = new CountDownLatch(1);
        Ticker hanging =
                () -> {
                    while (hangs.get() && go.getCount() > 0) {
                        caught.countDown();
                        try {
                            go.await();
                        } catch (InterruptedException e) {
                            // not heeded
                        }
                    }
                    return System.nanoTime();
                };
        try (ObjectPool<Thing> pool =
                (ObjectPool<Thing>) Pool.builder(things).ticker(hanging).build()) {
            pool.keeper().ensureStarted();
            hangs.set(true);
            await().until(() -> caught.getCount() == 0);
            assertThat(pool.health().status()).isEqualTo(Health.Status.UP);
            assertThat(pool.advice().verdict()).isEqualTo(Verdict.TOO_LITTLE_TRAFFIC);
            assertThat(pool.keeper().idleNanos()).isPositive();
            hangs.set(false);
            go.countDown();
        }
    }

    @Test
    void health_keeperWithoutARoundForLong_isAReason() {
        assertThat(PoolHealth.ofKeeper(Duration.ofSeconds(5))).isNull();
        assertThat(PoolHealth.ofKeeper(Duration.ofSeconds(7)))
                .hasToString(
                        "POOL-KEEPER-STUCK (the pool's thread has not made a round for 7 s: it gets"
                                + " no processor time, or hangs in the ticker)");
    }

    @Test
    void health_closedWithALeaseOut_saysHowMany() {
        ObjectPool<Thing> pool = pool(2);
        PooledConnection<Thing> lease = pool.acquire();
        pool.close(Duration.ZERO);
        assertThat(pool.health().toString())
                .isEqualTo("DOWN [POOL-CLOSED (the pool is closed, 1 objects are still in use)]");
        lease.close();
    }
}
